"""Pictures judged and measured."""
