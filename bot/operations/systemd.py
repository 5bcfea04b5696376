"""Tells systemd how the service is, where it listens: `sd_notify` of its manual."""

import socket


class Systemd:
    """The socket whose *address* systemd hands to a service of ``Type=notify``; None: nobody listens."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def tell(self, state: str) -> None:
        """Say *state*, such as ``READY=1``; a message that does not get through stops nothing."""
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
                channel.setblocking(False)
                channel.sendto(state.encode(), self._address.replace("@", "\0", 1))
        except OSError:
            return
