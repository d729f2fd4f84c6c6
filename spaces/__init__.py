"""The offline Spaces: stand-ins for somebody else's servers, so everything runs on one machine."""
