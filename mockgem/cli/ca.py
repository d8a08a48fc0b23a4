"""The command `mockgem ca`."""

from __future__ import annotations

import click

from mockgem.cli.running import StartupError, explain_file_error


@click.command("ca")
def command() -> None:
    """Show the certificate that clients of https and wss have to trust.

    mockgem creates its authority when it is needed for the first time: a key and a certificate
    that stay on this machine. Google's SDKs for Python, Go and Java open Live sessions with TLS,
    whatever the base URL says. `mockgem run` and the fixture mockgem_env set these variables.
    """
    from mockgem.server.certificates import Certificates, find_certificate_folder

    try:
        authority, bundle = Certificates(find_certificate_folder()).write_ca_files()
    except OSError as error:
        raise StartupError(explain_file_error(error)) from None
    except ValueError as error:
        raise StartupError(str(error)) from None
    click.echo(f"""{authority}

# Python, Go and most other programs (the file has the public authorities too):
export SSL_CERT_FILE={bundle}
# Node:
export NODE_EXTRA_CA_CERTS={authority}
# Java: keytool -importcert -noprompt -alias mockgem -storepass changeit \\
#   -file {authority} -keystore mockgem.jks
# and then java -Djavax.net.ssl.trustStore=mockgem.jks \\
#   -Djavax.net.ssl.trustStorePassword=changeit""")
