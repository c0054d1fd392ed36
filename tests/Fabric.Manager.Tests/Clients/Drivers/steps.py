"""Runs the operations of one client, a line for each, whether they pass or not: `ok NAME` or `FAIL NAME: why`."""
import sys
import traceback


def words(error):
    """What an error says: the NSX Python SDK keeps the manager's words in a structure of their own."""
    data = getattr(error, "data", None)
    fields = data.get_struct_value() if hasattr(data, "get_struct_value") else None
    return str({name: str(fields.get_field(name)) for name in fields.get_field_names()}) if fields else str(error)


class Steps:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def __call__(self, name, operation, *args, **kwargs):
        """Runs one operation and gives what it gave, or None when it failed."""
        try:
            result = operation(*args, **kwargs)
        except Exception as error:  # the client's own exceptions have no base in common
            self.failed += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAIL {name}: {type(error).__name__}: {' '.join(words(error).split())[:600]} ({place.name}:{place.lineno})", flush=True)
            return None
        self.passed += 1
        print(f"ok {name}", flush=True)
        return result

    def refused(self, name, errors, operation, *args, **kwargs):
        """Runs one operation that must be refused with one of these exceptions, and gives the exception."""
        def must_fail():
            try:
                operation(*args, **kwargs)
            except errors as error:
                return error
            raise AssertionError("it was not refused")
        return self(name, must_fail)

    def done(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)


def equal(actual, expected, what="value"):
    if actual != expected:
        raise AssertionError(f"{what} is {actual!r}, expected {expected!r}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)
