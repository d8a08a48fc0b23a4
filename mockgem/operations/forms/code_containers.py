"""Compose files and Kubernetes manifests with the names, images and ports that a prompt names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mockgem.operations.forms.lazy_patterns import make_regex

NAMED = make_regex(
    r"\b(?:named|called|name|namens|for)[ :]+(?:(?:an?|the|my|our|el|la|un|una|einen?|die|den|das"
    r"|le) )?(?:(?:simple|basic|node(?:\.js)?|python) )?[\"'`]?(?!(?:container|deployment|app with"
    r"|service with|web server)\b)([a-z][\w-]{1,50})",
    re.I,
)
CALLED = make_regex(r"\b(?:named|called|namens) [\"'`]?([a-z][\w-]{1,50})", re.I)
REPLICAS = make_regex(r"\b(\d{1,3}) replicas?\b|\breplicas?[: =]+(\d{1,3})\b", re.I)
RESOURCE = make_regex(
    r"\b(Deployment|Service|ConfigMap|Secret|Ingress|CronJob|Job|StatefulSet|Namespace|Pod)\b", re.I
)
RESOURCE_NAMES = {
    name.lower(): name
    for name in (
        "Deployment Service ConfigMap Secret Ingress CronJob Job StatefulSet Namespace Pod"
    ).split()
}


def write_kubernetes(text: str) -> str:
    """Return a manifest with the kind, the name, the replicas and the image that a text names."""
    found, named = RESOURCE.search(text), NAMED.search(text)
    kind = RESOURCE_NAMES[found[1].lower()] if found else "Deployment"
    called = CALLED.search(text)
    name = called[1] if called else named[1] if named else "app"
    if name == "image":
        name = find_image(text, "app").rpartition("/")[2].partition(":")[0]
    head = f"kind: {kind}\nmetadata:\n  name: {name}"
    port = find_port(text)
    match kind:
        case "Service":
            return (
                f"apiVersion: v1\n{head}\nspec:\n  selector:\n    app: {name}\n  ports:\n"
                f"    - port: {port}\n      targetPort: {port}"
            )
        case "Namespace":
            return f"apiVersion: v1\n{head}"
        case "ConfigMap" | "Secret":
            return f"apiVersion: v1\n{head}\ndata:\n  LOG_LEVEL: info"
        case "Deployment" if SERVICE_TOO.search(text):
            return f"{write_deployment(text, head, name)}\n---\n{write_service(text, name)}"
        case "CronJob":
            return (
                f'apiVersion: batch/v1\n{head}\nspec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n'
                "    spec:\n      template:\n        spec:\n          restartPolicy: OnFailure\n"
                f"          containers:\n            - name: {name}\n"
                f"              image: {find_image(text, name)}"
            )
    return write_deployment(text, head, name)


SERVICE_TOO = make_regex(r"\b(?:and|plus|with)\b[^.\n]{0,16}\bservice\b", re.I)
SERVICE_PORT = make_regex(r"\bservice\b[^.\n]{0,80}?\bports? (\d{2,5})\b", re.I)
SERVICE_TYPE = make_regex(r"\b(ClusterIP|NodePort|LoadBalancer)\b")


def write_service(text: str, name: str) -> str:
    """Return the Service in front of a Deployment of the same name."""
    kind, port = SERVICE_TYPE.search(text), SERVICE_PORT.search(text)
    inside = find_port(text)
    typed = f"  type: {kind[1]}\n" if kind else ""
    return (
        f"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n{typed}  selector:\n"
        f"    app: {name}\n  ports:\n    - port: {port[1] if port else inside}\n"
        f"      targetPort: {inside}"
    )


def write_deployment(text: str, head: str, name: str) -> str:
    replicas = REPLICAS.search(text)
    count = next(filter(None, replicas.groups()), "2") if replicas else "2"
    return (
        f"apiVersion: apps/v1\n{head}\nspec:\n  replicas: {count}\n  selector:\n"
        f"    matchLabels:\n      app: {name}\n  template:\n    metadata:\n      labels:\n"
        f"        app: {name}\n    spec:\n      containers:\n        - name: {name}\n"
        f"          image: {find_image(text, name)}\n          ports:\n"
        f"            - containerPort: {find_port(text)}{write_variables(text)}{write_probes(text)}"
        f"{write_limits(text)}"
    )


PROBE = make_regex(
    r"\b(?P<kind>liveness|readiness|startup)(?: probes?)?(?: and (?P<other>liveness|readiness"
    r"|startup))?(?: probes?)?[^.\n]{0,40}?[ \"'`(](?P<path>/[\w/.-]{1,60})",
    re.I,
)
"""Probes of a container and their path: "a liveness probe at /live"."""


def write_probes(text: str) -> str:
    """Return the HTTP probes of a container that a text wants; empty without any."""
    port, lines = find_port(text), []
    for match in PROBE.finditer(text):
        for kind in filter(None, (match["kind"], match["other"])):
            lines.append(
                f"\n          {kind.lower()}Probe:\n            httpGet:\n"
                f"              path: {match['path'].rstrip('.')}\n              port: {port}"
            )
    return "".join(lines)


VARIABLES = make_regex(r"\b(?:env(?:ironment)? (?:variables?|vars?)|env)\b[^.\n]{0,120}", re.I)
VARIABLE = make_regex(
    r"\b([A-Z][A-Z0-9_]{2,40})(?: ?[=:] ?| set to | with value )[\"'`]?([\w./:-]+)"
)


def write_variables(text: str) -> str:
    """Return the environment of a container that a text states; empty without any."""
    found = VARIABLES.search(text)
    rows = VARIABLE.findall(found[0]) if found else []
    lines = [
        f'\n            - name: {name}\n              value: "{value}"' for name, value in rows
    ]
    return "\n          env:" + "".join(lines) if lines else ""


LIMIT = make_regex(
    r"\b(?P<kind>memory|cpu) (?P<what>limit|request)s? (?:of |to |at |is "
    r"|= ?)?(?P<value>\d+(?:\.\d+)?"
    r"(?:m|Mi|Gi|Ki|M|G)?)\b"
    r"|\b(?P<value2>\d+(?:\.\d+)?(?:m|Mi|Gi|M|G)?) (?P<kind2>memory|cpu) (?P<what2>limit|request)",
    re.I,
)
"""A limit or a request of a container: "a memory limit of 256Mi"."""


def write_limits(text: str) -> str:
    """Return the resources of a container that a text states; empty without any."""
    rows: dict[str, list[str]] = {}
    for match in LIMIT.finditer(text):
        what = (match["what"] or match["what2"]).lower() + "s"
        kind = (match["kind"] or match["kind2"]).lower()
        value = match["value"] or match["value2"]
        quoted = f'"{value}"' if value.isdigit() else value
        rows.setdefault(what, []).append(f"              {kind}: {quoted}")
    parts = [f"            {what}:\n" + "\n".join(lines) for what, lines in rows.items()]
    return "\n          resources:\n" + "\n".join(parts) if parts else ""


def find_port(text: str) -> str:
    match = PORT.search(text)
    return match[1] if match else "8080"


def find_image(text: str, name: str) -> str:
    match = IMAGE.search(text)
    named = IMAGE_BEFORE.search(text)
    if named and named[1].lower() not in NOT_IMAGES and (match is None or match[1] in NOT_IMAGES):
        return named[1]
    return (
        match[1]
        if match and match[1] not in NOT_IMAGES
        else IMAGES.get(name, f"example/{name}:latest")
    )


SERVICES = make_regex(
    r"\bservices:? (?:called |named )?((?!for\b|with\b|in\b"
    r"|that\b)\w+(?:, \w+)*,? and (?:an? )?\w+)|((?:an? )?\w+(?:, (?:an? )?\w+)*,? and (?:an? "
    r")?\w+) services?|\b(?:for|with) ((?:an? )?\w+(?:, \w+)*,? and (?:an? )?\w+)"
)
ONE_SERVICE = make_regex(
    r"\bservices? (?:called |named |: ?)?[\"'`]?([a-z][\w-]{0,24})[\"'`]?", re.I
)
IMAGE_BEFORE = make_regex(r"\b([a-z][\w./-]{1,40}(?::[\w.-]{1,20})?) (?:docker )?image\b", re.I)
NOT_IMAGES = frozenset("with and for the that a an this docker container in on from of to".split())
IMAGE = make_regex(r"\bimage:? [\"'`]?([a-z][\w./-]{1,40}(?::[\w.-]{1,20})?)[\"'`]?", re.I)
PORTS = make_regex(
    r"\b(\d{2,5})\b[^.\n\d]{0,40}?(?:to|:|->|→|on|auf|en)[^.\n\d]{0,24}?\b(\d{2,5})\b"
)
PORT = make_regex(r"\bports? (\d{2,5})\b", re.I)
IMAGES = {
    "db": "postgres:17",
    "database": "postgres:17",
    "postgres": "postgres:17",
    "postgresql": "postgres:17",
    "redis": "redis:7",
    "mysql": "mysql:8",
    "mongo": "mongo:7",
    "mongodb": "mongo:7",
    "nginx": "nginx:alpine",
    "rabbitmq": "rabbitmq:3",
    "wordpress": "wordpress:6",
    "mariadb": "mariadb:11",
    "adminer": "adminer:5",
    "grafana": "grafana/grafana:12.1.0",
    "prometheus": "prom/prometheus:v3.5.0",
    "elasticsearch": "elasticsearch:9.1.0",
    "kafka": "apache/kafka:4.0.0",
    "traefik": "traefik:3",
    "nextcloud": "nextcloud:31",
}


PAIR = make_regex(r"\b\d{2,5} ?(?:to|:|->|→) ?(?:port )?\d{2,5}\b|\bmap\w*|\bexpos")
OWN_APP = make_regex(
    r"\b(?:web|api|app|backend|frontend|worker) service\b|\b(?:node(?:\.?js)?|python|flask"
    r"|django|fastapi|go|rails|laravel|express|next\.?js|react|php"
    r"|my|an?) (?:app|api|application|backend|web app)\b",
    re.I,
)
NAMED_IMAGE = make_regex(
    r"\b([a-z][\w-]*) \((nginx|redis|postgres\w*|mysql|node|python|mongo\w*)\)", re.I
)
KNOWN_SERVICES = frozenset(
    "postgres postgresql redis mysql mongo mongodb nginx rabbitmq wordpress mariadb adminer grafana"
    " prometheus elasticsearch kafka traefik nextcloud".split()
)


NOTED = make_regex(
    r"\b(?!services?\b|file\b|ya?ml\b|and\b|compose\b)([a-z][\w-]{0,24})[\"'`]?(?: services?)?"
    r" ?\(([^()\n]{2,140})\)",
    re.I,
)
"""A service with what a text says about it: "web (nginx, port 8080)"."""
IN_NOTE = make_regex(r"\bports?\b|\bimage\b|\b\d{2,5}:\d{2,5}\b|\bbuil[dt]\b", re.I)
TICKED = make_regex(r"`([a-z][\w-]{1,24})`")


USING = make_regex(
    r"\b([a-z][\w-]{1,24}) service,? (?:that )?(?:using|uses|running|runs|with|based on"
    r"|from) (?:the )?([a-z][\w.:/-]{1,39}\w(?: (?:on )?ports? [\d:]{2,11})?)",
    re.I,
)
"""The same in words: "a web service using nginx"."""


BARE = make_regex(
    r"\b(?!another\b|one\b|second\b|other\b|this\b)([a-z][\w-]{1,24}) service\b", re.I
)
"""A service of which a text says no more: "and a redis service"."""


def list_noted(text: str) -> dict[str, str]:
    """Return the services of a text with their notes; empty if these name no image."""
    found = dict([*NOTED.findall(text[:3000]), *USING.findall(text[:3000])])
    for name in BARE.findall(text[:3000]) if found else ():
        if name.lower() in KNOWN_SERVICES:
            found.setdefault(name, name)
    said = " ".join(found.values()).lower()
    for name in TICKED.findall(text[:3000]) if found else ():
        if name in KNOWN_SERVICES and name not in said:
            found.setdefault(name, name)
    is_known = any(
        IN_NOTE.search(note) or KNOWN_SERVICES & set(re.findall(r"[a-z]+", note.lower()))
        for note in found.values()
    )
    return found if is_known and len(found) > 1 else {}


def write_noted(notes: dict[str, str]) -> str:
    """Return a Compose file for services with their images and ports."""
    parts = []
    volumes: list[str] = []
    for name, note in notes.items():
        words = re.findall(r"[a-z][\w./-]*(?::[\w.-]+)?", note.lower())
        shown = next((one for one in words if one.partition(":")[0] in KNOWN_IMAGES), "")
        image = shown if ":" in shown else IMAGES.get(shown, f"{shown}:latest")
        row = f"  {name}:\n    {f'image: {image}' if shown else 'build: .'}\n"
        pair, port = PORT_PAIR.search(note), PORT.search(note)
        if pair or port:
            outer = port[1] if port else ""
            inner = "80" if shown.startswith("nginx") else outer
            row += f'    ports:\n      - "{pair[0] if pair else f"{outer}:{inner}"}"\n'
        row += "".join(write_settings(note, shown, volumes))
        parts.append(f"{row}    restart: unless-stopped")
    named = "".join(f"\n  {name}:" for name in volumes)
    return "services:\n" + "\n".join(parts) + (f"\nvolumes:{named}" if named else "")


DEPENDS = make_regex(r"\bdepends on (?:the )?([a-z][\w-]*(?:(?:, | and )[a-z][\w-]*)*)", re.I)
VARIABLE = make_regex(r"\b([A-Z][A-Z0-9_]{2,40})=([^\s,;()]+)")
VOLUME = make_regex(
    r"\bvolumes? (?:called |named )?[\"'`]?(?!for\b|in\b|at\b)([a-z][\w-]{1,30})", re.I
)
DATA_FOLDERS = {
    "postgres": "/var/lib/postgresql/data",
    "mysql": "/var/lib/mysql",
    "mariadb": "/var/lib/mysql",
    "mongo": "/data/db",
    "redis": "/data",
}


def write_settings(note: str, image: str, volumes: list[str]) -> Iterator[str]:
    """Yield what a note says of a service: variables, a volume, others that it needs."""
    if found := VARIABLE.findall(note):
        yield "    environment:\n" + "".join(f"      {name}: {value}\n" for name, value in found)
    if volume := VOLUME.search(note):
        volumes.append(volume[1])
        folder = DATA_FOLDERS.get(image.partition(":")[0], "/data")
        yield f"    volumes:\n      - {volume[1]}:{folder}\n"
    if depends := DEPENDS.search(note):
        names = re.split(r", | and ", depends[1])
        yield "    depends_on:\n" + "".join(f"      - {name}\n" for name in names)


PORT_PAIR = make_regex(r"\b\d{2,5}:\d{2,5}\b")
KNOWN_IMAGES = frozenset(
    """postgres postgresql redis mysql mongo mongodb nginx rabbitmq wordpress mariadb adminer
    grafana prometheus elasticsearch kafka traefik nextcloud node python httpd memcached php
    ruby golang alpine""".split()
)


def list_services(text: str) -> list[str]:
    """Return the names of the services that a text wants."""
    match = SERVICES.search(text)
    listed = next(filter(None, match.groups())) if match else ""
    names = [re.sub(r"^an? ", "", name) for name in re.split(r",? and |, ", listed) if name]
    known = [word for word in re.findall(r"[a-z]+", text.lower()) if word in KNOWN_SERVICES]
    if known and not set(known) <= set(names):
        apps = [
            name for name in names if name in ("web", "app", "api", "frontend", "backend", "worker")
        ]
        names = list(dict.fromkeys([*apps, *known]))
    own = OWN_APP.search(text)
    if own and not {"app", "web", "api"} & set(names):
        kind = own[0].lower().partition(" service")[0]
        names = [kind if " service" in own[0].lower() else "app", *names]
    one = ONE_SERVICE.search(text)
    if one and one[1] not in (
        "for",
        "with",
        "and",
        "from",
        "in",
        "that",
        "file",
        "called",
        "named",
    ):
        own_image = NAMED_IMAGE.search(text)
        others = [name for name in known if own_image is None or name != own_image[2].lower()]
        names = [one[1], *others] if one[1] not in names else names
    is_twice = own is not None and "app" in names
    return [name for name in names if not (is_twice and name in RUNTIMES)]


RUNTIMES = frozenset("Node node Python python Django Flask Express Go Ruby Rails PHP".split())
"""What an own service is written in, and so not a service."""


def find_service_image(name: str, text: str) -> str:
    """Return the image of a service, with the version that a text states: "postgres 16"."""
    shown = NAMED_IMAGE.search(text)
    if shown and shown[1] == name:
        return IMAGES.get(shown[2].lower(), f"{shown[2].lower()}:latest")
    usual = IMAGES.get(name, f"example/{name}:latest")
    version = re.search(rf"\b{name}:? ?(?:version )?(\d+(?:\.\d+)*)\b", text, re.I)
    return f"{usual.partition(':')[0]}:{version[1]}" if version and name in IMAGES else usual


SECRET = make_regex(
    r"\bpassword:? (?:is |of |= ?|should be )?[\"'`]?(?!for\b|in\b|from\b|and\b)([\w!$#-]{3,40})"
)
PASSWORDS = {
    "postgres": "POSTGRES_PASSWORD",
    "postgresql": "POSTGRES_PASSWORD",
    "db": "POSTGRES_PASSWORD",
    "mysql": "MYSQL_ROOT_PASSWORD",
    "mariadb": "MARIADB_ROOT_PASSWORD",
}
"""The variable that has the password of a database."""
INSIDE = {"adminer": "8080", "postgres": "5432", "mysql": "3306", "redis": "6379", "nginx": "80"}
PORT_FOR = make_regex(
    r"\bport (\d{2,5}) for (?:the )?(\w+)|\b(\w+) (?:on|at) port (\d{2,5})\b", re.I
)


def find_own_port(name: str, text: str) -> str:
    """Return the port that a text gives one service: "port 8081 for adminer"."""
    for first, after, before, second in PORT_FOR.findall(text):
        if (after or before).lower() == name.lower():
            return str(first or second)
    return ""


def write_compose(text: str) -> str:
    """Return a Compose file with the services, the image and the ports that a text names."""
    if notes := list_noted(text):
        return write_noted(notes)
    names, own = list_services(text), OWN_APP.search(text)
    image, port = IMAGE.search(text), PORT.search(text)
    ports = None if port and not PAIR.search(text) else PORTS.search(text)
    parts = []
    for at, name in enumerate(names or ["web", "db"]):
        given = image[1] if image and at == 0 and image[1] != "named" else ""
        image_of = given or find_service_image(name, text)
        is_own = name not in IMAGES and own is not None and not given
        row = f"  {name}:\n    {'build: .' if is_own else f'image: {image_of}'}\n"
        secret = SECRET.search(text)
        if name in PASSWORDS:
            row += (
                f"    environment:\n      {PASSWORDS[name]}: {secret[1] if secret else 'example'}\n"
            )
        others = [one for one in names if one in IMAGES and one != name]
        if is_own and others:
            row += "    depends_on:\n" + "".join(f"      - {one}\n" for one in others)
        own_port = find_own_port(name, text)
        if own_port:
            row += f'    ports:\n      - "{own_port}:{INSIDE.get(name, own_port)}"\n'
        elif at == 0 and (ports or port) and not PORT_FOR.search(text):
            pair = ports.groups() if ports else (port[1], port[1]) if port else ("", "")
            row += f'    ports:\n      - "{pair[0]}:{pair[1]}"\n'
        parts.append(f"{row}    restart: unless-stopped")
    return "services:\n" + "\n".join(parts)
