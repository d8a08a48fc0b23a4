"""The URLs of a world for SDKs, and the environment variables that SDKs read."""

from __future__ import annotations

from mockgem.testing.framework_env import ANY_KEY, build_framework_env
from mockgem.testing.proxy import build_no_proxy_env


class WorldUrls:
    """The base URLs of one world."""

    url: str

    @property
    def https_url(self) -> str:
        """The URL for https and wss. Clients have to trust `ca_file`.

        The name is localhost, which every client compares with the certificate.
        """
        scheme, _, rest = self.url.partition("://")
        host = rest.replace("127.0.0.1", "localhost", 1) if scheme == "http" else rest
        return f"https://{host}"

    @property
    def ca_file(self) -> str:
        """The file of the certificate that clients of `https_url` have to trust (PEM).

        Raises:
            RuntimeError: For a server in another process, and with `tls=False`.

        Example:
            ```python
            httpx.get(mockgem.https_url + "/v1beta/models", verify=ssl.create_default_context(
                cafile=mockgem.ca_file))
            ```
        """
        return self._list_ca_files()[0]

    def _list_ca_files(self) -> tuple[str, str]:
        """Return the file of the authority, and the bundle with the public ones."""
        raise RuntimeError("this world has no certificate")

    @property
    def openai_url(self) -> str:
        """The base URL for OpenAI's SDKs: Gemini's OpenAI-compatible surface."""
        return self.url + "/v1beta/openai/"

    @property
    def gemini_url(self) -> str:
        """The base URL for google-genai: `Client(http_options={"base_url": …})`."""
        return self.url

    @property
    def vertex_url(self) -> str:
        """The base URL for google-genai with `Client(vertexai=True, …)`."""
        return self.url

    @property
    def vertex_openai_url(self) -> str:
        """The base URL for OpenAI's SDKs: Vertex AI's OpenAI-compatible surface."""
        return self.url + "/v1/projects/any-project/locations/global/endpoints/openapi"

    @property
    def gateway_url(self) -> str:
        """The base URL for OpenAI's SDKs: a gateway in front of several models."""
        return self.url + "/v1"

    @property
    def env(self) -> dict[str, str]:
        """Environment variables that lead SDKs and frameworks to this world.

        They hold the URLs and a key, so most programs need no change of code. GOOGLE_API_KEY is
        only set to replace a real key, because Google's SDKs warn about two keys. If the
        environment names a proxy, NO_PROXY lets clients reach this machine directly. SSL_CERT_FILE
        and NODE_EXTRA_CA_CERTS let them trust this server besides the public ones: Google's SDKs
        open Live sessions with TLS.
        """
        urls = {
            "MOCKGEM_URL": self.url,
            "OPENAI_BASE_URL": self.openai_url,
            "OPENAI_API_KEY": ANY_KEY,
            "GEMINI_API_KEY": ANY_KEY,
            "GOOGLE_GEMINI_BASE_URL": self.gemini_url,
            "GOOGLE_VERTEX_BASE_URL": self.gemini_url,
        }
        frameworks = build_framework_env(self.openai_url, self.gemini_url)
        return build_no_proxy_env() | self._build_tls_env() | frameworks | urls

    @property
    def proxy_env(self) -> dict[str, str]:
        """Environment variables that make a server with `proxy=True` the proxy of a program.

        The program needs no other base URL: what it sends to Google's hosts reaches the default
        world. It also gets a key, unless the server records and so needs a real one.

        Raises:
            RuntimeError: For a server that is not a proxy or is in another process, and for a world
                with a name.

        Example:
            ```python
            with mockgem.serve(proxy=True) as server:
                subprocess.run(["python", "bot.py"], env=os.environ | server.proxy_env, check=True)
            ```
        """
        return self._build_proxy_env()

    def _build_proxy_env(self) -> dict[str, str]:
        raise RuntimeError("this world has no proxy")

    def _build_tls_env(self) -> dict[str, str]:
        try:
            authority, bundle = self._list_ca_files()
        except RuntimeError:
            return {}
        return {"SSL_CERT_FILE": bundle, "NODE_EXTRA_CA_CERTS": authority}
