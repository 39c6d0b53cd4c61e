"""Runs named checks one after the other and prints one line for each."""

import time
import traceback


class Checks:
    def __init__(self):
        self.failed = 0

    def run(self, name, check):
        """The answer is what the check returns, or None if it failed."""
        try:
            result = check()
        except Exception:  # Whatever goes wrong in a check is the check's failure.
            self.failed += 1
            print(f"not ok - python: {name}")
            print("\n".join("    " + line for line in traceback.format_exc().splitlines()), flush=True)
            return None
        print(f"ok - python: {name}", flush=True)
        return result


def equal(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def until(what, ask, is_accepted, limit_seconds=60):
    """Asks again until the answer is accepted, for as long as the limit allows."""
    end = time.monotonic() + limit_seconds
    while True:
        answer = ask()
        if is_accepted(answer):
            return answer
        assert time.monotonic() < end, f"{what} did not come within {limit_seconds} s; last: {answer}"
        time.sleep(0.2)
