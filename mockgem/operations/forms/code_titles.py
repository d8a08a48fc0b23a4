"""Names of languages as people write them."""

from __future__ import annotations

TITLES = {
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "sql": "SQL",
    "html": "HTML",
    "css": "CSS",
    "json": "JSON",
    "yaml": "YAML",
    "jsx": "React",
    "tsx": "React",
    "cpp": "C++",
    "csharp": "C#",
    "php": "PHP",
    "xml": "XML",
    "latex": "LaTeX",
    "regex": "a regular expression",
    "gitignore": "a .gitignore file",
    "graphql": "GraphQL",
    "hcl": "Terraform",
    "powershell": "PowerShell",
    "matlab": "MATLAB",
    "vue": "Vue",
    "mongodb": "MongoDB",
    "ini": "the format of systemd",
    "protobuf": "Protocol Buffers",
    "elasticsearch": "the query language of Elasticsearch",
    "dotenv": "a .env file",
    "asm": "assembly",
    "fsharp": "F#",
    "objectivec": "Objective-C",
    "vba": "VBA",
}
"""Those that are not the label of a code block with a capital."""
