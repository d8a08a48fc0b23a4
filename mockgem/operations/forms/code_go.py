"""Servers, handlers and requests in Go."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_members import find_members
from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.code_replies import find_handler, write_go_reply
from mockgem.operations.forms.lazy_patterns import make_regex

GO_SERVER = """package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("{path}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "{text}")
	})
	log.Fatal(http.ListenAndServe(":{port}", nil))
}"""
GO_POST = """package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

func main() {
	body, err := json.Marshal(map[string]string{"name": "example"})
	if err != nil {
		panic(err)
	}
	response, err := http.Post("{url}", "application/json", bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)
}"""
GO_FETCH = """package main

import (
	"fmt"
	"io"
	"net/http"
)

func main() {
	response, err := http.Get("{url}")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(body))
}"""
GO_JSON = """package main

import (
	"encoding/json"
	"os"
)

type Config struct {
	Name string `json:"name"`
	Port int    `json:"port"`
}

func readConfig(path string) (Config, error) {
	var config Config
	data, err := os.ReadFile(path)
	if err != nil {
		return config, err
	}
	err = json.Unmarshal(data, &config)
	return config, err
}"""
GREETING = make_regex(r"[\"'“]([^\"'”\n]{2,60})[\"'”]")
STATUSES = {
    "201": "http.StatusCreated",
    "204": "http.StatusNoContent",
    "202": "http.StatusAccepted",
}


def write_go_handler(text: str) -> str:
    """Return a handler in Go that reads the fields of a JSON body."""
    status = re.search(r"\b(20\d)\b", text)
    name = find_handler(text) or "CreateItem"
    fields = [row for row, _ in find_members(text)] or ["name"]
    width = max(map(len, fields))
    rows = "\n".join(
        f'\t{to_pascal(field).ljust(width)} string `json:"{field}"`' for field in fields
    )
    code = status[1] if status else "200"
    shown = f"{STATUSES.get(code, 'http.StatusOK')}) // {code}"
    return (
        f'package main\n\nimport (\n\t"encoding/json"\n\t"net/http"\n)\n\ntype payload struct '
        f"{{\n{rows}\n}}\n\n"
        f"func {name}(w http.ResponseWriter, r *http.Request) {{\n\tvar body payload\n"
        "\tif err := json.NewDecoder(r.Body).Decode(&body); err != nil {\n"
        "\t\thttp.Error(w, err.Error(), http.StatusBadRequest)\n\t\treturn\n\t}\n"
        f'\tw.Header().Set("Content-Type", "application/json")\n\tw.WriteHeader({shown}\n'
        "\t_ = json.NewEncoder(w).Encode(body)\n}"
    )


def write_go_example(text: str) -> str:
    """Return a server or a request in Go; empty for other requests."""
    said, port = GREETING.search(text), re.search(r"\bport :?(\d{2,5})", text)
    path, url = (
        re.search(r"(?<![\w/:.])(/[a-z][\w/-]*)", text),
        re.search(r"https?://[^\s\"'<>]{3,200}", text),
    )
    is_server = re.search(r"\b(?:server|\w*handler|endpoint|route)\b", text, re.I) is not None
    if is_server and (source := write_go_reply(text, port[1] if port else "8080")):
        return source
    if re.search(r"\bhandler\b", text, re.I) and re.search(r"\bjson\b|\bbody\b", text, re.I):
        return write_go_handler(text)
    if re.search(r"\bserver\b|\bhandler\b|\bendpoint\b", text, re.I):
        return (
            GO_SERVER.replace("{path}", path[1] if path else "/")
            .replace("{text}", said[1] if said else "ok")
            .replace("{port}", port[1] if port else "8080")
        )
    if re.search(r"\bread\w*\b[^.\n]{0,20}\bjson\b|\bjson\b[^.\n]{0,20}\bstruct", text, re.I):
        return GO_JSON
    if re.search(r"\bPOST\b", text) and re.search(r"\brequest|\bsend", text, re.I):
        return GO_POST.replace("{url}", url[0].rstrip(".,") if url else "https://example.com")
    if url or re.search(r"\bhttp (?:get )?request\b|\bfetch", text, re.I):
        return GO_FETCH.replace("{url}", url[0].rstrip(".,") if url else "https://example.com")
    return ""
