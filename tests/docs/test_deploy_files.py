"""The files in deploy/ fit mockgem, and each other, as far as tests can show without a cluster."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockgem.config.options import list_options
from mockgem.dialects.admin.dialect import ADMIN
from mockgem.telemetry.metrics import Metrics
from tests.docs.linted import list_queries

Json = dict[str, Any]
ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE: Json = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def read_manifests() -> Iterator[Json]:
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        yield from [one for one in yaml.safe_load_all(path.read_text("utf-8")) if one]


MANIFESTS = {
    (one["kind"], one.get("metadata", {}).get("name", "")): one for one in read_manifests()
}
POD: Json = MANIFESTS["Deployment", "mockgem"]["spec"]["template"]
CONTAINER: Json = POD["spec"]["containers"][0]
COMMANDS = {"compose": COMPOSE["services"]["mockgem"]["command"], "kubernetes": CONTAINER["args"]}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_have_options_of_mockgem_with_valid_values(name: str) -> None:
    command, *words = COMMANDS[name]
    rows = {row.flag: row for row in list_options().values()}
    assert command == "serve"
    for word in words:
        flag, _, value = word.partition("=")
        row = rows[flag.replace("--no-", "--")]
        assert "serve" in row.commands
        if value and not row.is_repeatable:
            row.read(value, lambda option, given, place: f"{option.flag} {given}")


def test_the_token_of_the_admin_api_comes_from_a_secret() -> None:
    variable = list_options()["admin_token"].env_var
    (given,) = CONTAINER["env"]
    assert given["name"] == variable
    assert given["valueFrom"]["secretKeyRef"] == {"name": "mockgem", "key": "admin-token"}
    assert COMPOSE["secrets"]["admin_token"]["environment"] == variable
    assert COMPOSE["services"]["mockgem"]["environment"][variable].startswith(f"${{{variable}:?")


def test_probes_and_prometheus_ask_paths_that_exist() -> None:
    paths = {f"/_mockgem{one.path}" for one in ADMIN.endpoints if one.method == "GET"}
    probes = [CONTAINER[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")]
    assert [probe["path"].rpartition("/")[2] for probe in probes] == ["ready", "ready", "health"]
    assert {probe["path"] for probe in probes} <= paths
    assert {probe["port"] for probe in probes} == {CONTAINER["ports"][0]["name"]}
    prometheus = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8"))
    (job,) = prometheus["scrape_configs"]
    assert job["metrics_path"] in paths
    assert job["dns_sd_configs"][0]["names"] == ["mockgem"]
    assert job["authorization"]["credentials_file"] == "/run/secrets/admin_token"
    assert "/_mockgem/ready'" in COMPOSE["services"]["mockgem"]["healthcheck"]["test"][-1]


def test_containers_run_without_root_and_with_a_read_only_file_system() -> None:
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user is not None
    for kind, name in (("Deployment", "mockgem"), ("StatefulSet", "mockgem-valkey")):
        spec = MANIFESTS[kind, name]["spec"]["template"]["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        for container in spec["containers"]:
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"] is True
            assert context["allowPrivilegeEscalation"] is False
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert container["resources"]["requests"]["cpu"]
            mounted = {one["name"] for one in container["volumeMounts"]}
            declared = [*spec.get("volumes", []), *claims_of(kind, name)]
            assert mounted == {one.get("name") or one["metadata"]["name"] for one in declared}
    assert POD["spec"]["securityContext"]["runAsUser"] == int(user[1])
    service = COMPOSE["services"]["mockgem"]
    assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (
        True,
        ["/tmp"],
        ["ALL"],
    )


def claims_of(kind: str, name: str) -> list[Json]:
    claims: list[Json] = MANIFESTS[kind, name]["spec"].get("volumeClaimTemplates", [])
    return claims


def test_selectors_find_the_pods_and_policies_close_the_rest() -> None:
    for name, kind in (("mockgem", "Deployment"), ("mockgem-valkey", "StatefulSet")):
        labels = MANIFESTS[kind, name]["spec"]["template"]["metadata"]["labels"]
        assert MANIFESTS[kind, name]["spec"]["selector"]["matchLabels"] == labels
        assert MANIFESTS["Service", name]["spec"]["selector"] == labels
        policy = MANIFESTS["NetworkPolicy", name]["spec"]
        assert policy["podSelector"]["matchLabels"] == labels
        assert policy["policyTypes"] == ["Ingress", "Egress"]
        (port,) = MANIFESTS["Service", name]["spec"]["ports"]
        assert policy["ingress"][0]["ports"][0]["port"] == port["targetPort"]
    valkey = MANIFESTS["NetworkPolicy", "mockgem-valkey"]["spec"]["ingress"][0]["from"]
    pod_labels = POD["metadata"]["labels"]
    assert valkey == [{"podSelector": {"matchLabels": pod_labels}}]
    assert MANIFESTS["PodDisruptionBudget", "mockgem"]["spec"]["selector"]["matchLabels"] == (
        pod_labels
    )


def test_a_pod_has_time_to_stop() -> None:
    options = dict(word.lstrip("-").split("=", 1) for word in CONTAINER["args"] if "=" in word)
    needed = float(options["stop-delay"]) + float(options["drain"])
    assert POD["spec"]["terminationGracePeriodSeconds"] > needed
    delay = next(one for one in COMMANDS["compose"] if one.startswith("--stop-delay="))
    drain = list_options()["drain"].default
    grace = float(COMPOSE["services"]["mockgem"]["stop_grace_period"].rstrip("s"))
    assert grace > float(delay.partition("=")[2]) + drain


def test_the_files_that_others_name_exist() -> None:
    kustomization = MANIFESTS["Kustomization", ""]
    for name in kustomization["resources"]:
        assert (DEPLOY / "kubernetes" / name).is_file()
    assert kustomization["images"][0]["name"] == CONTAINER["image"]
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert (
                (DEPLOY / source).exists()
                if source.startswith(".")
                else (source in COMPOSE["volumes"])
            )
    dashboards = yaml.safe_load(
        (DEPLOY / "grafana/provisioning/dashboards/mockgem.yaml").read_text("utf-8")
    )
    mounts = COMPOSE["services"]["grafana"]["volumes"]
    path = dashboards["providers"][0]["options"]["path"]
    assert any(one == f"./grafana/dashboards:{path}:ro" for one in mounts)


def test_there_are_three_replicas() -> None:
    assert COMPOSE["services"]["mockgem"]["deploy"]["replicas"] == 3
    assert MANIFESTS["Deployment", "mockgem"]["spec"]["replicas"] == 3


def test_the_dashboard_shows_every_metric_and_no_other() -> None:
    """With the labels that the metrics have."""
    families = list(Metrics().registry.collect())
    dashboard = (DEPLOY / "grafana/dashboards/mockgem.json").read_text("utf-8")
    queries = " ".join(list_queries())
    named = set(re.findall(r"\bmockgem_\w+", queries))
    known = {}
    for family in families:
        suffixes = {
            "counter": ["_total"],
            "gauge": [""],
            "histogram": ["_bucket", "_count", "_sum"],
        }
        known[family.name] = {family.name + suffix for suffix in suffixes[family.type]}
    assert named <= set().union(*known.values())
    for name, samples in known.items():
        assert samples & named, f"the dashboard does not show {name}"
    labels = {
        "le", "instance", "worker", "surface", "endpoint", "model", "status", "source", "type",
        "outcome", "fault", "kind", "store", "operation",
    }  # fmt: skip
    for group in re.findall(r"by \(([^)]*)\)", queries):
        assert set(group.split(", ")) <= labels
    assert json.loads(dashboard)["uid"] == "mockgem"


@pytest.mark.slow
def test_a_server_writes_only_into_its_folder_for_temporary_files(tmp_path: Path) -> None:
    """So it runs with a read-only file system and a tmpfs at /tmp."""
    home, work, temporary = [tmp_path / name for name in ("home", "work", "tmp")]
    for folder in (home, work, temporary):
        folder.mkdir()
    environment = {
        **{key: one for key, one in os.environ.items() if key != "XDG_STATE_HOME"},
        "HOME": str(home), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    options = ["--port", "0", "--quiet", "--no-tls", "--metrics", "--costs", "--request-ids"]
    command = [sys.executable, "-m", "mockgem", "serve", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=work, env=environment
    ) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().split()[-1]
            for path in ("/v1beta/models?key=k", "/_mockgem/metrics", "/_mockgem/journal"):
                with urllib.request.urlopen(url + path, timeout=60) as response:
                    assert response.status == 200
            upload = urllib.request.Request(
                f"{url}/upload/v1beta/files?key=k", b"x" * 20_000_000,
                {"X-Goog-Upload-Protocol": "raw", "Content-Type": "text/plain"},
            )  # fmt: skip
            with urllib.request.urlopen(upload, timeout=60) as response:
                assert response.status == 200
            server.send_signal(signal.SIGTERM)
            assert server.wait(60) == 0
        finally:
            server.kill()
    assert [*home.rglob("*"), *work.rglob("*")] == []
