"""Runs command lines in copies of one process that has imported everything: the imports are most of what a start costs.

How a process of its own begins is seen by `own_process`, by the README's commands and by the server of the contract.
Run as `forkserver.py serve SOCKET` it waits for command lines until its stdin is closed; `forkserver.py run SOCKET …`
is the `desireline` command, with the streams, folder, environment and signals of its caller.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback


def serve(path: str) -> None:
    """Takes one command line per connection."""
    _import_everything()
    gc.freeze()  # a collection in a copy would touch, and so copy, every page
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(16)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how the keepers end
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while listener in select.select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _keep(connection)
            return
        connection.close()


def _import_everything() -> None:
    import importlib
    import pkgutil

    import desireline

    for module in pkgutil.walk_packages(desireline.__path__, "desireline."):
        importlib.import_module(module.name)


def _keep(connection: socket.socket) -> None:
    """Starts the command in a copy and tells its process id, then its exit code; it ends with its caller."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    request = json.loads(connection.makefile().readline())
    over, alive = os.pipe()
    command = os.fork()
    if command == 0:
        connection.close()
        os.close(over)
        _become(request, streams)
        return
    for held in (*streams, alive):
        os.close(held)
    connection.sendall(b"%d\n" % command)
    if connection in select.select([connection, over], [], [])[0]:  # the caller was killed
        os.kill(command, signal.SIGKILL)
        os._exit(1)
    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(command, 0)[1]))
    os._exit(0)


def _become(request: dict[str, object], streams: list[int]) -> None:
    """The command, as if it had just been started by the caller."""
    from desireline.cli.main import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    os.environ.clear()
    os.environ.update(request["environment"])  # type: ignore[call-overload]
    os.chdir(str(request["folder"]))
    sys.argv = ["desireline", *request["arguments"]]  # type: ignore[misc]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 what nobody caught is printed, as at the end of any process
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # taking down thousands of modules takes longer than most commands


def run(path: str, arguments: list[str]) -> int:
    """Has a command line run and returns its exit code."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    socket.send_fds(connection, [b"."], [0, 1, 2])
    request = {"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()}  # noqa: PTH109
    connection.sendall(json.dumps(request).encode() + b"\n")
    told = connection.makefile()
    command = int(told.readline())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os.kill(command, number))
    code = int(told.readline())
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        sys.exit(run(sys.argv[2], sys.argv[3:]))
