"""Lets SDKs and frameworks that need an environment of their own judge a running server.

`python tests/judge.py NAME`, see SUITES: each suite gets its packages by name, a server on a free port, and its
URL in MOCKGEM_URL. Ends with the exit code of the first suite that failed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.conftest import ServerProcess

ENVS = ROOT / ".envs"
GENAI = ["3.4.0", "2.19.0", "1.75.0"]
GENAI_TOOLS = ["pytest>=8", "pillow>=10", "av>=12"]
OLDEST_OPENAI = ["openai==1.109.1", "pytest>=8", "pytest-asyncio>=0.24", "aiohttp>=3.12"]


def environment(name: str, *packages: str) -> Path:
    """An environment with these packages; made once. Gives its Python."""
    python = ENVS / name / "bin" / "python"
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    if not python.exists():
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(ENVS / name)], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *packages], check=True)
    return python


def judge(command: list[str], where: Path = ROOT) -> int:
    """Runs a suite against a server of its own."""
    server = ServerProcess("--quiet")
    print(f"$ {' '.join(str(part).replace(str(ROOT) + '/', '') for part in command)}", flush=True)
    try:
        return subprocess.run(command, cwd=where, env=os.environ | {"MOCKGEM_URL": server.url}, check=False).returncode
    finally:
        server.stop()


def node() -> int:
    folder = ROOT / "tests" / "node"
    if shutil.which("npm") is None:
        print("There is no npm on this machine, so the Node SDKs did not judge.")
        return 0
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return judge(["node", "--test"], folder)


def frameworks() -> int:
    folder = ROOT / "tests" / "frameworks"
    for wanted in sorted(folder.glob("requirements-*.txt")):
        name = wanted.stem.removeprefix("requirements-")
        python = environment(name, "-r", str(wanted))
        suite = folder / f"test_{name.replace('-', '_')}.py"
        options = ["-c", str(folder / "pytest.ini"), "-W", "ignore"]
        if code := judge([str(python), "-m", "pytest", *options, str(suite)]):
            return code
    return 0


def oldest() -> int:
    python = environment("oldest-openai", *OLDEST_OPENAI)
    return judge([str(python), "-m", "pytest", "tests/sdk"])


def genai() -> int:
    """Google's SDK in its last three majors, together with OpenAI's."""
    for version in GENAI:
        python = environment(f"genai-{version}", f"google-genai=={version}", "openai>=2", *GENAI_TOOLS)
        if code := judge([str(python), "-m", "pytest", "-c", "tests/genai/pytest.ini", "tests/genai"]):
            return code
    return 0


def go() -> int:
    if shutil.which("go") is None:
        print("There is no Go on this machine, so its SDK did not judge.")
        return 0
    return judge(["go", "test", "-count=1", "./..."], ROOT / "tests" / "go")


def java() -> int:
    if shutil.which("mvn") is None:
        print("There is no Maven on this machine, so the SDK for Java did not judge.")
        return 0
    return judge(["mvn", "-B", "-ntp", "test"], ROOT / "tests" / "java")


SUITES = {"node": node, "frameworks": frameworks, "oldest": oldest, "genai": genai, "go": go, "java": java}

if __name__ == "__main__":
    sys.exit(SUITES[sys.argv[1]]())
