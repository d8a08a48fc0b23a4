"""Data structures in Python, JavaScript, Java and C++: lists, stacks, queues, trees, caches."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_carts import write_cart
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_structures_compiled import COMPILED
from mockgem.operations.forms.code_structures_managed import MANAGED
from mockgem.operations.forms.code_structures_typed import CPP, JAVA
from mockgem.operations.forms.lazy_patterns import make_regex

PYTHON = {
    "linked list": """class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


class LinkedList:
    def __init__(self):
        self.head = None

    def append(self, value):
        node = Node(value)
        if self.head is None:
            self.head = node
            return
        last = self.head
        while last.next:
            last = last.next
        last.next = node

    def find(self, value):
        node = self.head
        while node and node.value != value:
            node = node.next
        return node

    def reverse(self):
        before, node = None, self.head
        while node:
            node.next, before, node = before, node, node.next
        self.head = before""",
    "stack": """class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop()

    def peek(self):
        return self.items[-1]

    def is_empty(self):
        return not self.items

    def size(self):
        return len(self.items)""",
    "queue": """from collections import deque


class Queue:
    def __init__(self):
        self.items = deque()

    def enqueue(self, item):
        self.items.append(item)

    def dequeue(self):
        return self.items.popleft()

    def peek(self):
        return self.items[0]

    def is_empty(self):
        return not self.items

    def size(self):
        return len(self.items)""",
    "tree": """class Node:
    def __init__(self, value):
        self.value = value
        self.left = None
        self.right = None


class BinarySearchTree:
    def __init__(self):
        self.root = None

    def insert(self, value):
        if self.root is None:
            self.root = Node(value)
            return
        node = self.root
        while True:
            side = "left" if value < node.value else "right"
            if getattr(node, side) is None:
                setattr(node, side, Node(value))
                return
            node = getattr(node, side)

    def search(self, value):
        node = self.root
        while node and node.value != value:
            node = node.left if value < node.value else node.right
        return node is not None

    def inorder(self):
        values = []

        def visit(node):
            if node:
                visit(node.left)
                values.append(node.value)
                visit(node.right)

        visit(self.root)
        return values""",
    "cache": """from collections import OrderedDict


class LRUCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = OrderedDict()

    def get(self, key):
        if key not in self.items:
            return None
        self.items.move_to_end(key)
        return self.items[key]

    def put(self, key, value):
        self.items[key] = value
        self.items.move_to_end(key)
        if len(self.items) > self.capacity:
            self.items.popitem(last=False)""",
}
JAVASCRIPT = {
    "linked list": """class Node {
  constructor(value) {
    this.value = value;
    this.next = null;
  }
}

export class LinkedList {
  constructor() {
    this.head = null;
  }

  append(value) {
    const node = new Node(value);
    if (!this.head) {
      this.head = node;
      return;
    }
    let last = this.head;
    while (last.next) {
      last = last.next;
    }
    last.next = node;
  }

  find(value) {
    let node = this.head;
    while (node && node.value !== value) {
      node = node.next;
    }
    return node;
  }

  reverse() {
    let before = null;
    let node = this.head;
    while (node) {
      const after = node.next;
      node.next = before;
      before = node;
      node = after;
    }
    this.head = before;
  }
}""",
    "stack": """export class Stack {
  constructor() {
    this.items = [];
  }

  push(item) {
    this.items.push(item);
  }

  pop() {
    return this.items.pop();
  }

  peek() {
    return this.items[this.items.length - 1];
  }

  isEmpty() {
    return this.items.length === 0;
  }

  size() {
    return this.items.length;
  }
}""",
    "queue": """export class Queue {
  constructor() {
    this.items = [];
  }

  enqueue(item) {
    this.items.push(item);
  }

  dequeue() {
    return this.items.shift();
  }

  peek() {
    return this.items[0];
  }

  isEmpty() {
    return this.items.length === 0;
  }

  size() {
    return this.items.length;
  }
}""",
    "cache": """export class LRUCache {
  constructor(capacity) {
    this.capacity = capacity;
    this.items = new Map();
  }

  get(key) {
    if (!this.items.has(key)) {
      return undefined;
    }
    const value = this.items.get(key);
    this.items.delete(key);
    this.items.set(key, value);
    return value;
  }

  put(key, value) {
    this.items.delete(key);
    this.items.set(key, value);
    if (this.items.size > this.capacity) {
      this.items.delete(this.items.keys().next().value);
    }
  }
}""",
}


def add_generics(source: str) -> str:
    """Return a class of JavaScript that holds items, in TypeScript for any type of them."""
    text = re.sub(
        r"export class (\w+) \{\n  constructor\(\) \{\n    this.items = \[\];\n  \}",
        r"export class \1<T> {\n  private items: T[] = [];",
        source,
    )
    text = re.sub(r"^  (push|enqueue)\(item\)", r"  \1(item: T): void", text, flags=re.M)
    text = re.sub(r"^  (pop|peek|dequeue)\(\)", r"  \1(): T | undefined", text, flags=re.M)
    text = text.replace("  isEmpty()", "  isEmpty(): boolean")
    return text.replace("  size()", "  size(): number")


STRUCTURES = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": {name: add_generics(JAVASCRIPT[name]) for name in ("stack", "queue")},
    "java": JAVA,
    "cpp": CPP,
    **COMPILED,
    **MANAGED,
}
KINDS = tuple(
    (name, make_regex(pattern, re.I))
    for name, pattern in (
        ("linked list", r"linked list"),
        ("cache", r"\blru(?:\b|cache\b)"),
        ("tree", r"binary (?:search )?tree|\bbst\b"),
        ("queue", r"(?<!priority )\bqueue\b"),
        ("stack", r"\bstack\b"),
    )
)
OWN_NAMES = {
    "linked list": "LinkedList",
    "cache": "LRUCache",
    "tree": "BinarySearchTree",
    "queue": "Queue",
    "stack": "Stack",
}


def write_structure(request: CodeRequest) -> str:
    """Return the data structure that a prompt names; empty for others.

    A structure is not used if it lacks a method that the prompt names.
    """
    text = request.text[:1500]
    if re.search(
        r"\bstack (?:trace|overflow)|full[- ]stack|\bmessage queue|\btests?\b", text, re.I
    ):
        return ""
    if source := write_cart(request):
        return source
    kind = next((name for name, pattern in KINDS if pattern.search(text)), "")
    source = STRUCTURES.get(request.language, {}).get(kind, "")
    source = rename_methods(source, request.methods) if source else ""
    if not source or any(
        f"{join_words(one)}(" not in join_words(source) for one in request.methods
    ):
        return ""
    if MINUS_ONE.search(text):
        source = source.replace("return None", "return -1").replace("return null", "return -1")
    name = request.name
    is_given = name[:1].isupper() and re.search(rf"\b{name}\b", text) is not None
    return source.replace(OWN_NAMES[kind], name) if is_given and kind != name.lower() else source


MINUS_ONE = make_regex(r"\breturn(?:s|ing)? -1\b", re.I)


def join_words(source: str) -> str:
    """Return names as one word in small letters, those of Ruby with brackets."""
    text = re.sub(r"(?<=def )(\w+\??)\n", r"\1()\n", source).replace("empty?(", "isEmpty(")
    return text.replace("isEmpty: Bool", "isEmpty()").replace("_", "").lower()


def rename_methods(source: str, names: tuple[str, ...]) -> str:
    """Return a structure whose methods have the longer names that a prompt gives them."""
    for name in names:
        stem = re.split(r"_|(?<=[a-z])(?=[A-Z])", name)[0]
        if f"{name}(" not in source and len(stem) > 2:
            source = re.sub(rf"\b{stem}\(", f"{name}(", source)
    return source
