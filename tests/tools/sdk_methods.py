"""List the public methods of an installed SDK with the request that each one sends.

`python sdk_methods.py google-genai` or `openai` prints JSON: the method, as users write it after
the client, and `METHOD /path`, or "" for a method that sends no request of its own. Requests come
from the SDK's source, and from `KNOWN` where the source does not have them in one place.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from typing import Any

GOOGLE_REQUEST = re.compile(r"\.(?:request|request_streamed)\(\s*'(\w+)', path")
GOOGLE_PATH = re.compile(r"path = '([^']+)'")
GENERATED = re.compile(r'method="(\w+)",\s*path="/\{api_version\}([^"]*)"')
OPENAI_REQUEST = re.compile(
    r'self\._(get|post|put|patch|delete|get_api_list)\(\s*(?:path_template\(\s*)?f?"([^"]+)"'
)
CALLED = re.compile(r"self\.(_\w+)\(")
INTERNAL = frozenset("parent_ref sdk_configuration qs timeout do_request".split())
COLLECTIONS = {
    "caches": "cachedContents",
    "files": "files",
    "batches": "batches",
    "file_search_stores": "fileSearchStores",
    "file_search_stores.documents": "fileSearchStores/{store}/documents",
    "models": "models",
    "tunings": "tuningJobs",
}
"""The collections that the full names of resources begin with."""
SOCKET = "/ws/google.ai.generativelanguage.v1beta.GenerativeService."
KNOWN: dict[str, dict[str, str]] = {
    "google-genai": {
        "files.download": "GET /files/{file}:download",
        "file_search_stores.download_media": "GET /fileSearchStores/{store}/media/{media}",
        "models.list": "GET /models",
        "operations.get": "GET /models/{model}/operations/{operation}",
        "environments.create": "POST /environments",
        "environments.delete": "DELETE /environments/{id}",
        "environments.get": "GET /environments/{id}",
        "environments.list": "GET /environments",
        "live.connect": f"GET {SOCKET}BidiGenerateContent",
        "live.music.connect": f"GET {SOCKET}BidiGenerateMusic",
        "environments.files.download": "GET /environments/{id}/files",
        "environments.files.list": "GET /environments/{id}/files",
        "environments.files.upload": "POST /environments/{id}/files",
    },
    "openai": {},
}


def list_resources(client: Any, seen: tuple[type, ...] = ()) -> dict[str, Any]:
    """Return the resources of a client and theirs, by the names that users write."""
    found: dict[str, Any] = {}
    for name in sorted({*dir(type(client)), *vars(client)}):
        if name.startswith(("_", "with_", "aio", "async")) or name in INTERNAL:
            continue
        try:
            value = getattr(client, name)
        except Exception:  # a resource that needs an option or another package
            continue
        is_resource = type(value).__module__.startswith(("google.genai", "openai"))
        if callable(value) or not is_resource or type(value) in seen:
            continue
        found[name] = value
        inner = list_resources(value, (*seen, type(value)))
        found |= {f"{name}.{one}": resource for one, resource in inner.items()}
    return found


def list_methods(resource: Any) -> list[str]:
    """Return the names of the public methods of a resource."""
    return [
        name
        for name in sorted(dir(type(resource)))
        if not name.startswith(("_", "with_"))
        and name not in INTERNAL
        and inspect.isfunction(inspect.getattr_static(type(resource), name))
    ]


def find_request(resource: Any, name: str, place: str, depth: int = 2) -> str:
    """Return the request of a method from its source, also through a private method it calls."""
    for base in type(resource).__mro__:
        if name not in vars(base):
            continue
        source = inspect.getsource(vars(base)[name])
        for pattern in (GENERATED, OPENAI_REQUEST):
            if match := pattern.search(source):
                return f"{match[1].upper().replace('GET_API_LIST', 'GET')} {match[2]}"
        if verb := GOOGLE_REQUEST.search(source):
            paths = GOOGLE_PATH.findall(source)
            developer = paths[2] if len(paths) > 2 else paths[0]
            return f"{verb[1].upper()} {complete_path(developer, place)}"
        for called in CALLED.findall(source) if depth else ():
            if found := find_request(resource, called, place, depth - 1):
                return found
    return ""


def complete_path(path: str, place: str) -> str:
    """Return a path of google-genai with the collection that a full name begins with."""
    path = "/" + path.removeprefix("/").replace("{{api_version}}", "").replace("{api_version}", "")
    path = path.replace("/upload//", "/upload/").partition("?")[0]
    collection = COLLECTIONS.get(place, "models")
    path = path.replace("{name}", f"{collection}/{{name}}") if path.startswith("/{name}") else path
    path = path.replace("{model}", "models/{model}")
    path = path.replace("/{parent}/documents", "/fileSearchStores/{parent}/documents")
    return path.replace("{file_search_store_name}", "fileSearchStores/{store}")


def make_client(package: str) -> Any:
    if package == "openai":
        from openai import OpenAI

        return OpenAI(api_key="k")
    from google import genai

    return genai.Client(api_key="k")


def collect(package: str) -> dict[str, str]:
    """Return every public method of a package's client, with its request."""
    client = make_client(package)
    resources = list_resources(client)
    if package == "google-genai":
        resources = list_resources(client.aio) | resources
    found = {
        f"{place}.{name}": find_request(resource, name, place)
        for place, resource in resources.items()
        for name in list_methods(resource)
    }
    known = {name: request for name, request in KNOWN[package].items() if name in found}
    return found | known


if __name__ == "__main__":
    print(json.dumps(collect(sys.argv[1]), indent=1, sort_keys=True))
