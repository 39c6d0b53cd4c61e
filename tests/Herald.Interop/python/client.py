"""Calls the host with gRPC's Python implementation, which stands on its C core. Started by ../run."""

import sys

from campaign import Campaign
from checks import Checks
from errors import Calls
from infrastructure import check_health, check_reflection, open_channel


def main():
    checks = Checks()
    with open_channel() as channel:
        check_health(checks, channel)
        check_reflection(checks, channel)
        calls = Calls(channel)
        calls.check_unary(checks)
        calls.check_errors(checks)
        Campaign(channel, calls.tenant, calls.key).check(checks)
    return 0 if checks.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
