"""Lets SDKs and frameworks that need an environment of their own judge a running server.

`python tests/judge.py NAME`, see SUITES: each suite gets its packages by name, a server on a free
port, and its URL in MOCKGEM_URL. Ends with the exit code of the first suite that failed.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.conftest import ServerProcess
from tests.example_projects import run_examples
from tests.valkey_server import PROGRAMS

ENVS = ROOT / ".envs"
GENAI = ["3.6.1", "2.19.0", "1.75.0"]
GENAI_TOOLS = ["pytest>=8", "pytest-asyncio>=0.24", "pillow>=10", "av>=12", "mcp>=2"]
SCHEMAS = ["google-ai-generativelanguage", "google-api-python-client", "httpx<1", "pytest>=8"]
INSIDE = ("tests/server/memory/genai_sdk.py", "tests/server/proxy/genai_sdk.py")
FRAMEWORK_PARTS = ("", "_responses", "_file_search")
JAVA_SUITES = ("GenaiTest", "FileSearchTest", "LiveTest")
JAVA_FRAMEWORKS: dict[str, list[list[str]]] = {
    "spring-ai": [[], ["-Dspring-ai.version=1.1.6", "-Dspring-boot.version=3.5.0"]],
    "langchain4j": [[]],
}
"""Folders in tests/java, and other versions than those of pom.xml with which each is tested."""
OLDEST_OPENAI = ["openai==1.109.1", "pytest>=8", "pytest-asyncio>=0.24", "aiohttp>=3.12"]


def environment(name: str, *packages: str) -> Path:
    """An environment with these packages; made once. Gives its Python."""
    python = ENVS / name / "bin" / "python"
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    if not python.exists():
        subprocess.run(
            [uv, "venv", "--quiet", "--python", sys.executable, str(ENVS / name)], check=True
        )
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", str(python), *packages], check=True
    )
    return python


def judge(command: list[str], where: Path = ROOT) -> int:
    """Runs a suite against a server of its own."""
    server = ServerProcess("--quiet", "--time-scale", "0.01")
    print(f"$ {' '.join(str(part).replace(str(ROOT) + '/', '') for part in command)}", flush=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            env = os.environ | {"MOCKGEM_URL": server.url} | write_trust(server.url, Path(folder))
            return subprocess.run(command, cwd=where, env=env, check=False).returncode
    finally:
        server.stop()


def write_trust(url: str, folder: Path) -> dict[str, str]:
    """Write what lets clients trust a server; return the variables that name the files."""
    with urllib.request.urlopen(url + "/_mockgem/ca.pem") as response:
        authority = response.read()
    public = ssl.create_default_context().get_ca_certs(binary_form=True)
    bundle = "".join([ssl.DER_cert_to_PEM_cert(one) for one in public]).encode() + authority
    (folder / "ca.pem").write_bytes(authority)
    (folder / "bundle.pem").write_bytes(bundle)
    return {
        "SSL_CERT_FILE": str(folder / "bundle.pem"),
        "NODE_EXTRA_CA_CERTS": str(folder / "ca.pem"),
        "MOCKGEM_CA_FILE": str(folder / "ca.pem"),
    }


def judge_beside(command: list[str], where: Path, *options: str) -> int:
    """Runs a suite with `mockgem run`, which tells it of the server in the environment alone."""
    told = [sys.executable, "-m", "mockgem", "run", "--quiet", *options, "--", *command]
    print(f"$ mockgem {' '.join(told[3:])}", flush=True)
    return subprocess.run(told, cwd=where, check=False).returncode


def judge_recorded(command: list[str], where: Path = ROOT) -> int:
    """Runs a suite through a recorder that stands before another server, then once more from what
    was recorded."""
    with tempfile.TemporaryDirectory() as folder:
        cassette = ("--cassette", str(Path(folder) / "suite.yaml"))
        upstream = ServerProcess(
            "--quiet", "--scenario", str(ROOT / "tests" / "data" / "rough-upstream.yaml")
        )
        recorder = ServerProcess("--quiet", *cassette, "--upstream", upstream.url, serve="record")
        try:
            code = with_url(command, where, recorder.url)
        finally:
            recorder.stop()
            upstream.stop()
        if code:
            return code
        replay = ServerProcess("--quiet", *cassette, serve="replay")
        try:
            return with_url(command, where, replay.url)
        finally:
            replay.stop()


def with_url(command: list[str], where: Path, url: str) -> int:
    print(f"$ {' '.join(str(part).replace(str(ROOT) + '/', '') for part in command)}", flush=True)
    return subprocess.run(
        command, cwd=where, env=os.environ | {"MOCKGEM_URL": url}, check=False
    ).returncode


def recorded() -> int:
    """The official SDKs through the recorder, and from its cassettes."""
    python = environment(
        f"genai-{GENAI[0]}", f"google-genai=={GENAI[0]}", "openai>=2", *GENAI_TOOLS
    )
    samples = ["tests/genai/test_samples.py", "tests/genai/test_page.py"]
    suites: list[tuple[list[str], Path]] = [
        (
            [
                sys.executable,
                "-m",
                "pytest",
                "tests/sdk",
                "--ignore",
                "tests/sdk/test_scenarios.py",
            ],
            ROOT,
        ),
        ([str(python), "-m", "pytest", "-c", "tests/genai/pytest.ini", *samples], ROOT),
    ]
    folder = ROOT / "tests" / "node"
    if shutil.which("npm") is not None:
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True
        )
        files = ["docs_samples.test.mjs", "genai.test.mjs", "vercel.test.mjs"]
        suites.append((["node", "--test", *files], folder))
    if code := next(
        (code for command, where in suites if (code := judge_recorded(command, where))), 0
    ):
        return code
    programs = [str(folder / "node_modules" / ".bin")] if shutil.which("npm") is not None else []
    command = [sys.executable, "tests/tools/conversions.py", str(python), *programs]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def install_chromium() -> None:
    """Install Debian's Chromium where there is none and this user may."""
    if shutil.which("chromium") or shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)


def install_valkey() -> None:
    """Install a Valkey or Redis server where that is possible, without its system service.

    Elsewhere the tests fail with the command that installs one.
    """
    if any(map(shutil.which, PROGRAMS)) or shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    for name in PROGRAMS:  # Debian 12 has redis-server alone
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name]
        if subprocess.run(install, stdout=subprocess.DEVNULL, check=False).returncode == 0:
            break
    if shutil.which("systemctl") is not None:
        subprocess.run(["systemctl", "disable", "--now", name], capture_output=True, check=False)


def valkey() -> int:
    """Storage on a Valkey or Redis server, and fleets of servers that share one."""
    install_valkey()
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "auto", "-m", "valkey", "tests", *sys.argv[2:]],
        cwd=ROOT,
        check=False,
    ).returncode


def cluster() -> int:
    """OpenAI's and Google's SDKs with three servers behind nginx, of which one is killed again and
    again."""
    install_valkey()
    if shutil.which("nginx") is None and shutil.which("apt-get") and os.geteuid() == 0:
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx-light"]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
        if shutil.which("systemctl") is not None:
            stop = ["systemctl", "disable", "--now", "nginx"]
            subprocess.run(stop, capture_output=True, check=False)
    packages = (f"google-genai=={GENAI[0]}", "openai>=2", "pytest>=8", "--editable")
    python = environment("cluster", *packages, f"{ROOT}[redis]")
    command = [str(python), "-m", "tests.fleet.cluster", *sys.argv[2:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def browser() -> int:
    """The console in Chromium, with axe-core where npm can get it."""
    install_chromium()
    folder = ROOT / "tests" / "console"
    if shutil.which("npm") is not None:
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"],
            cwd=folder,
            check=True,
        )
    return subprocess.run(
        [sys.executable, "-m", "pytest", str(folder), *sys.argv[2:]], cwd=ROOT, check=False
    ).returncode


def node() -> int:
    folder = ROOT / "tests" / "node"
    if shutil.which("npm") is None:
        print("There is no npm on this machine, so the Node SDKs did not judge.")
        return 0
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True
    )
    if code := judge(["node", "--test"], folder) or judge_first_test(folder):
        return code
    if code := judge_beside(["node", "--test", "proxy.mjs"], folder, "--proxy"):
        return code
    return judge_beside(
        ["node", "--test", "env.mjs"],
        folder,
        "--scenario",
        str(ROOT / "tests" / "data" / "rough-upstream.yaml"),
    )


def js_client() -> int:
    """Test the npm package with its test runners, and with each way to start a server."""
    folder = ROOT / "clients" / "js"
    if shutil.which("npm") is None:
        print("There is no npm on this machine, so the npm package was not tested.")
        return 0
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"],
        cwd=folder,
        check=True,
    )
    pipx = environment("pipx", "pipx").parent
    uv = Path(shutil.which("uv") or Path(sys.executable).parent / "uv").parent
    env = os.environ | {
        "PATH": os.pathsep.join(
            [str(Path(sys.executable).parent), str(pipx), str(uv), os.environ["PATH"]]
        ),
        "MOCKGEM_COMMAND": f"{sys.executable} -m mockgem",
        "MOCKGEM_TEST_PACKAGE": str(ROOT),
        "MOCKGEM_TEST_LAUNCHERS": "command uvx pipx" + (" container" if build_image() else ""),
    }
    env.pop("MOCKGEM_URL", None)
    return subprocess.run(["npm", "test"], cwd=folder, env=env, check=False).returncode


def build_image() -> bool:
    """Build the container image where Docker runs; return whether it does."""
    if shutil.which("docker") is None:
        return False
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        return False
    subprocess.run(["docker", "build", "--quiet", "--tag", "mockgem", str(ROOT)], check=True)
    return True


def judge_first_test(folder: Path) -> int:
    """Runs what `mockgem init --node` writes, as written; the packages are those of a folder."""
    mockgem = [sys.executable, "-m", "mockgem"]
    with tempfile.TemporaryDirectory(dir=folder) as project:
        subprocess.run([*mockgem, "init", "--node", project], check=True)
        command = [*mockgem, "run", "--config", "mockgem.toml", "--", "node", "--test"]
        return subprocess.run(command, cwd=project, check=False).returncode


def examples() -> int:
    """The projects in examples/, each as its README says, with a mockgem that is installed."""
    files = sorted((ROOT / "examples").glob("*/requirements.txt"))
    wanted = [word for file in files for word in ("-r", str(file))]
    python = environment("examples", "--reinstall-package", "mockgem", str(ROOT), *wanted)
    return run_examples(ROOT / "examples", str(python), install_chromium)


def coding_agent() -> int:
    """Codex, a coding agent, works on a small task through its client library."""
    folder = ROOT / "tests" / "coding_agent"
    if shutil.which("npm") is None:
        print("There is no npm on this machine, so the coding agent did not judge.")
        return 0
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True
    )
    return judge(["node", "--test"], folder)


def models() -> int:
    """Compare the catalogue with the models in the newest SDKs for Python and Node."""
    python = environment("newest-genai", "--upgrade", "google-genai")
    found = subprocess.run(
        [str(python), "-c", "import google.genai as sdk; print(sdk.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    folders = [found.stdout.strip()]
    if shutil.which("npm") is not None:
        folder = ROOT / "tests" / "node"
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True
        )
        folders.append(str(folder / "node_modules" / "@google" / "genai"))
    command = [sys.executable, "-m", "tests.tools.sdk_models", *folders]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def schemas() -> int:
    """Google's published schemas: the fields of requests and of answers."""
    python = environment("schemas", "--upgrade", *SCHEMAS)
    options = ["-c", "tests/genai/pytest.ini", f"--rootdir={ROOT}"]
    return judge([str(python), "-m", "pytest", *options, "tests/schemas"])


def frameworks() -> int:
    folder = ROOT / "tests" / "frameworks"
    for wanted in sorted(folder.glob("requirements-*.txt")):
        name = wanted.stem.removeprefix("requirements-")
        python = environment(name, "-r", str(wanted))
        suite = f"test_{name.replace('-', '_')}"
        files = [folder / f"{suite}{part}.py" for part in FRAMEWORK_PARTS]
        options = ["-c", str(folder / "pytest.ini"), "-W", "ignore"]
        found = [str(file) for file in files if file.exists()]
        pytest = [str(python), "-m", "pytest", *options]
        if code := judge([*pytest, *found]):
            return code
        beside = folder / f"{suite}_env.py"
        if beside.exists() and (code := judge_beside([*pytest, str(beside)], ROOT)):
            return code
    return 0


def oldest() -> int:
    python = environment("oldest-openai", *OLDEST_OPENAI)
    return judge([str(python), "-m", "pytest", "tests/sdk"])


def genai() -> int:
    """Google's SDK in its last three majors, together with OpenAI's."""
    for version in GENAI:
        python = environment(
            f"genai-{version}", f"google-genai=={version}", "openai>=2", *GENAI_TOOLS
        )
        if code := judge(
            [str(python), "-m", "pytest", "-c", "tests/genai/pytest.ini", "tests/genai"]
        ):
            return code
        python = environment(
            f"inside-{version}",
            f"google-genai=={version}",
            "openai>=2",
            "pytest>=8",
            "--editable",
            str(ROOT),
        )
        if code := with_url(
            [str(python), "-m", "pytest", "-c", "tests/genai/pytest.ini", *INSIDE], ROOT, ""
        ):
            return code
    return 0


def go() -> int:
    if shutil.which("go") is None:
        print("There is no Go on this machine, so its SDK did not judge.")
        return 0
    folder = ROOT / "tests" / "go"
    code = judge(["go", "test", "-count=1", "."], folder) or judge_beside(
        ["go", "test", "-count=1", "./env", "./world"], folder
    )
    return code or judge_beside(["go", "test", "-count=1", "./proxy"], folder, "--proxy")


def java() -> int:
    if shutil.which("mvn") is None:
        print("There is no Maven on this machine, so the SDK for Java did not judge.")
        return 0
    folder, maven = ROOT / "tests" / "java", ["mvn", "-B", "-ntp", "test"]
    suites = (judge([*maven, f"-Dtest={name}"], folder) for name in JAVA_SUITES)
    code = next((code for code in suites if code), 0)
    code = code or judge_beside([*maven, "-Dtest=EnvTest,WeatherTest"], folder)
    return code or judge_java_frameworks(maven, folder)


def judge_java_frameworks(maven: list[str], folder: Path) -> int:
    """Run Spring AI and langchain4j, which find the server by the variables of `mockgem run`."""
    runs = (
        judge_beside([*maven, *versions], folder / name)
        for name, choices in JAVA_FRAMEWORKS.items()
        for versions in choices
    )
    return next((code for code in runs if code), 0)


SUITES = {
    "valkey": valkey,
    "cluster": cluster,
    "browser": browser,
    "node": node,
    "js-client": js_client,
    "examples": examples,
    "coding-agent": coding_agent,
    "models": models,
    "schemas": schemas,
    "frameworks": frameworks,
    "oldest": oldest,
    "genai": genai,
    "go": go,
    "java": java,
    "recorded": recorded,
}

if __name__ == "__main__":
    sys.exit(SUITES[sys.argv[1]]())
