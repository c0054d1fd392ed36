"""A connection of the NSX Python SDK, as its users make one: basic authentication, trusting the certificate it was given."""
import requests
from com.vmware import nsx_client, nsx_policy_client
from vmware.vapi.bindings.stub import ApiClient
from vmware.vapi.lib import connect
from vmware.vapi.security.user_password import create_user_password_security_context
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory


def _client(module, url, user, password):
    session = requests.session()  # REQUESTS_CA_BUNDLE names the certificate that it trusts
    connector = connect.get_requests_connector(session=session, msg_protocol="rest", url=url)
    connector.set_security_context(create_user_password_security_context(user, password))
    return ApiClient(module.StubFactory(StubConfigurationFactory.new_std_configuration(connector)))


def manager(url, user, password):
    return _client(nsx_client, url, user, password)


def policy(url, user, password):
    return _client(nsx_policy_client, url, user, password)


def field(value, name):
    """A field of an answer, also of one whose type the SDK leaves open, as in lists of families and in search."""
    return getattr(value, name) if hasattr(value, name) else value.get_struct_value().get_field(name).value
