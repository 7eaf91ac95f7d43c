"""Takes from a worker what no query needs: files and the network.

A worker with its graph in memory needs no file at all: it may open none, which covers sockets
and works on every system with limits. A store on disk opens its files as it reads them, and
SERVICE needs the network; there Linux keeps the rest away, if its kernel can.

https://docs.kernel.org/userspace-api/landlock.html (files, from Linux 5.13),
https://docs.kernel.org/userspace-api/seccomp_filter.html (sockets and programs)

Out of scope: what a query may say (`protocol.query_check`), which is the first guard.
"""

import ctypes
import os
import platform
import struct
import sys
from pathlib import Path
from typing import NamedTuple

#: Landlock's calls have the same numbers on every machine.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
#: The rights over files that a kernel knows, by the version of Landlock that brought them.
_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_READING = 1 << 2 | 1 << 3
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
#: By machine: its name to the kernel, and its numbers of socket, connect, execve and execveat.
MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 59, 322)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281)),
}
#: `io_uring_setup`, which could open sockets past the filter.
_IO_URING = 425
#: Numbers from here on are another set of calls, for the same machine.
_X32 = 1 << 30
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # 13: permission denied


class SandboxPolicy(NamedTuple):
    """What a sandboxed worker may still use: the files of a store, other machines."""

    store: Path | None = None
    network: bool = False


class Sandboxed(NamedTuple):
    """What the system keeps from a worker: other files, and other machines."""

    files: bool = False
    network: bool = False


def enter_sandbox(policy: SandboxPolicy) -> Sandboxed:
    """Restrict this thread for good, as far as the system can, and return what it keeps away."""
    if policy.store is None and not policy.network:
        done = _forbid_opening()
        return Sandboxed(done, done)
    if not sys.platform.startswith("linux"):
        return Sandboxed()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)  # without it, neither may be asked for
    # To ask other machines it must read names and certificates; it has nothing to write.
    files = _restrict_files(libc, None if policy.network else policy.store)
    return Sandboxed(files, not policy.network and _deny_sockets(libc))


def _forbid_opening() -> bool:
    if sys.platform == "win32":
        return False
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    except (ValueError, OSError):
        return False
    return True


def _restrict_files(libc: ctypes.CDLL, reading: Path | None) -> bool:
    """Allow reading below `reading` only, or anywhere for None; forbid all writing."""
    version = _syscall(libc, _CREATE, None, 0, _ASK_VERSION)
    rights = sum(added for since, added in _RIGHTS.items() if since <= version)
    if reading is None:
        rights &= ~_READING
    rules = _syscall(libc, _CREATE, struct.pack("=Q", rights), 8, 0) if version > 0 else -1
    if rules < 0:
        return False
    try:
        allowed = reading is None or _allow_reading(libc, rules, reading)
        return allowed and _syscall(libc, _RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _allow_reading(libc: ctypes.CDLL, rules: int, folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        rule = struct.pack("=Qi", _READING, descriptor)
        return _syscall(libc, _ADD, rules, _BENEATH, rule, 0) == 0
    finally:
        os.close(descriptor)


def _syscall(libc: ctypes.CDLL, number: int, *arguments: int | bytes | None) -> int:
    given = (ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)
    result: int = libc.syscall(ctypes.c_long(number), *given)
    return result


def _deny_sockets(libc: ctypes.CDLL) -> bool:
    """Make the kernel refuse to open a socket or run a program."""
    if platform.machine() not in MACHINES or struct.calcsize("P") != 8:
        return False  # a program of 32 bits has other numbers on the same machine
    program = b"".join(filter_instructions(*MACHINES[platform.machine()]))
    code = ctypes.create_string_buffer(program, len(program))
    # A count of instructions and their address, as the compiler would align them.
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    return bool(libc.prctl(_SECCOMP, _FILTER, header, 0, 0) == 0)


def filter_instructions(machine: int, denied: tuple[int, ...]) -> list[bytes]:
    """Return the filter: each test goes on to the next line, or to the last, which denies."""
    numbers = (*denied, _IO_URING)
    tests = [(_IF_AT_LEAST, _X32), *((_IF_EQUAL, number) for number in numbers)]
    lines = [(_LOAD, 0, 0, 4), (_IF_EQUAL, 0, len(tests) + 2, machine), (_LOAD, 0, 0, 0)]
    lines += [(code, len(tests) - place, 0, value) for place, (code, value) in enumerate(tests)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    return [struct.pack("=HBBI", *line) for line in lines]
