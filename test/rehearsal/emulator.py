"""
MiniStack, with three of its habits mended from outside, so that the rehearsal meets what AWS does:

- A stream's partial failure is a failure. MiniStack takes `batchItemFailures` of a stream for success and loses the records;
  here the batch counts as failed, and is sent again whole.
- Keep-alive connections answer at once: Hypercorn's sockets carry no protocol number, so asyncio leaves Nagle's algorithm on.
- What a function wrote is in its log group when it has answered: each writes a line per invocation, and is waited for until it is
  there. MiniStack waits for a while, and what comes later shows with the next invocation, or never. The token trigger writes nothing.

It ends with whoever started it, however that one ended: nobody is left to stop it after a SIGKILL.
"""
import asyncio.base_events
import json
import os
import signal
import socket
import sys
import threading


def no_delay(sock):
    if sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


asyncio.base_events._set_nodelay = no_delay

from ministack.app import main  # noqa: E402  (after the patch of asyncio, which it imports)
from ministack.core import lambda_runtime  # noqa: E402
from ministack.services import lambda_svc  # noqa: E402

run_function = lambda_svc._execute_function


def is_partial_failure(event, answer):
    records = event.get("Records") if isinstance(event, dict) else None
    if not records or records[0].get("eventSource") != "aws:dynamodb" or answer.get("error"):
        return False
    body = answer.get("body")
    if isinstance(body, (str, bytes)) and body:
        body = json.loads(body)
    return isinstance(body, dict) and bool(body.get("batchItemFailures"))


def run_and_look(function, event, *rest, **named):
    answer = run_function(function, event, *rest, **named)
    if is_partial_failure(event, answer):
        return {**answer, "error": True, "body": {"errorType": "PartialFailure", "errorMessage": "some records were not published"}}
    return answer


lambda_svc._execute_function = run_and_look
drain = lambda_runtime.Worker._drain_stderr_bounded


def drain_all(worker, **_):
    silent = "-platform-token" in worker.func_name
    return drain(worker, first_line_wait=0.005 if silent else 0.5, hard_cap=1.0)


lambda_runtime.Worker._drain_stderr_bounded = drain_all


def end_with_parent():
    sys.stdin.buffer.read()  # The parent holds the other end and writes nothing: this returns when it is gone.
    os.killpg(0, signal.SIGKILL)  # With the processes of functions; the parent made it a group of its own.


threading.Thread(target=end_with_parent, daemon=True).start()
main()
