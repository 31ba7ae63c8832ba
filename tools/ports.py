# SPDX-License-Identifier: Apache-2.0
"""Ports on this machine, so that two checkouts can work side by side."""

import socket

LOCAL_HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether nothing listens on a local port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCAL_HOST, port))
        except OSError:
            return False
    return True


def free_port(preferred: int) -> int:
    """The preferred port, or one that the system offers if that is taken."""
    if is_free(preferred):
        return preferred
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOCAL_HOST, 0))
        port: int = probe.getsockname()[1]
    return port
