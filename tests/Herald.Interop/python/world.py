"""The host under test, as a client sees it: an address, a key, the generated stubs."""

import json
import os
import uuid

import grpc
from google.rpc import status_pb2
from herald.errors.v1 import errors_pb2

ADDRESS = os.environ["HERALD_GRPC"]
ADMIN_KEY = os.environ["HERALD_ADMIN_KEY"]
BUSINESS = json.loads(os.environ["HERALD_BUSINESS"])
CALL_SECONDS = 60


def request_id():
    return str(uuid.uuid4())


def with_key(key):
    return [("authorization", f"Bearer {key}")] if key else []


def call(key, method, request, timeout=CALL_SECONDS):
    return method(request, metadata=with_key(key), timeout=timeout)


def failure(action):
    """The error of a call that has to fail."""
    try:
        answer = action()
    except grpc.RpcError as error:
        return error
    raise AssertionError(f"the call succeeded: {answer}")


def detail_of(action, code, reason):
    """The failure has exactly one detail, of our type, that agrees with the status; the detail is returned."""
    error = failure(action)
    assert error.code() == code, f"{error.code()} is not {code}: {error.details()}"
    trailers = [value for name, value in error.trailing_metadata() if name == "grpc-status-details-bin"]
    assert len(trailers) == 1, "one google.rpc.Status"
    status = status_pb2.Status.FromString(trailers[0])
    assert status.code == code.value[0] and status.message == error.details(), status
    assert len(status.details) == 1, "one detail"
    detail = errors_pb2.ErrorDetail()
    assert status.details[0].Unpack(detail), status.details[0].type_url
    assert detail.domain == "herald"
    actual = errors_pb2.Reason.Name(detail.reason)
    assert actual == f"REASON_{reason}", f"{actual} is not {reason}"
    return detail
