"""Who is asking, which repository they mean, and whether they may."""

from dataclasses import dataclass

from starlette.requests import Request

from splatelier.spaces.pocket_hub.accounts import Account, Limits
from splatelier.spaces.pocket_hub.errors import HubError
from splatelier.spaces.pocket_hub.repositories import Repositories, Repository


@dataclass(frozen=True)
class Guests:
    """The accounts and the repositories, with the Hub's rules of access.

    Attributes:
        accounts: by token.
    """

    accounts: dict[str, Account]
    repositories: Repositories
    limits: Limits

    def who(self, request: Request) -> Account | None:
        """Who asks; None without a token.

        Raises:
            HubError: the token is nobody's.
        """
        header = request.headers.get("authorization", "")
        if not header:
            return None
        if (account := self.accounts.get(header.removeprefix("Bearer ").strip())) is None:
            raise HubError(401, "Invalid credentials in Authorization header")
        return account

    def known(self, request: Request) -> Account:
        """Who asks, with a token.

        Raises:
            HubError: there is none.
        """
        if (account := self.who(request)) is None:
            raise HubError(401, "Invalid username or password.")
        return account

    def readable(self, request: Request, kind: str | None = None) -> Repository:
        """The repository that the path names.

        Raises:
            HubError: it is not there, or not for this account's eyes; the answer does not tell which.
        """
        kind = kind or request.path_params["kind"].removesuffix("s")
        repository = self.repositories.find(kind, "{namespace}/{name}".format_map(request.path_params))
        account = self.who(request)
        owns = repository is not None and account is not None and account.name == repository.owner
        if repository is None or (repository.private and not owns):
            raise HubError(404 if account else 401, "Repository not found", code="RepoNotFound")
        return repository

    def writable(self, request: Request, kind: str | None = None) -> tuple[Repository, Account]:
        """The repository that the path names, for an account that may change it.

        Raises:
            HubError: it is not there, or the account may not.
        """
        repository, account = self.readable(request, kind), self.known(request)
        self.may_write(account, repository.owner)
        return repository, account

    def may_write(self, account: Account, namespace: str) -> None:
        """Raises HubError unless the account's token may write to a namespace."""
        if account.name != namespace:
            raise HubError(403, f'You don\'t have the rights to write to the namespace "{namespace}"')
        if account.role != "write":
            raise HubError(
                403,
                "You don't have the required permissions to perform this operation: "
                "your token has the role 'read', and 'write' is needed",
            )
