"""A connection of vmware-nsxlib (OpenStack's and NCP's library): session with XSRF token, keep-alive and retries as the library does them."""
import os
import urllib.parse

from vmware_nsxlib.v3 import config, utils


def _quiet(*_):
    return None


# The library's log callbacks have the form of tenacity 4; later ones hand over a single argument.
for _callback in (utils._log_before_retry, utils._log_after_retry):
    _callback.__code__ = _quiet.__code__


def settings(url, user, password, **more):
    """`insecure` is false: the library checks the certificate that REQUESTS_CA_BUNDLE names."""
    return config.NsxLibConfig(
        nsx_api_managers=[url], username=user, password=password, insecure=False, ca_file=os.environ["REQUESTS_CA_BUNDLE"],
        retries=1, http_timeout=20, http_read_timeout=60, conn_idle_timeout=2, max_attempts=3,
        realization_max_attempts=20, realization_wait_sec=0.5,
        plugin_scope="plugin", plugin_tag="driver", plugin_ver="1", **more)
