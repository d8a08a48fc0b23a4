"""Carts and inventories: classes that keep things with a price and a quantity."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

PYTHON = """class Cart:
    def __init__(self):
        self.items = {}

    def add(self, name, price, quantity=1):
        _, before = self.items.get(name, (price, 0))
        self.items[name] = (price, before + quantity)

    def remove(self, name):
        self.items.pop(name, None)

    def update(self, name, quantity):
        price, _ = self.items[name]
        self.items[name] = (price, quantity)

    def total(self):
        return sum(price * quantity for price, quantity in self.items.values())

    def count(self):
        return sum(quantity for _, quantity in self.items.values())

    def clear(self):
        self.items.clear()

    def is_empty(self):
        return not self.items"""
JAVASCRIPT = """export class Cart {
  constructor() {
    this.items = new Map();
  }

  add(name, price, quantity = 1) {
    const before = this.items.get(name)?.quantity ?? 0;
    this.items.set(name, { price, quantity: before + quantity });
  }

  remove(name) {
    this.items.delete(name);
  }

  update(name, quantity) {
    const item = this.items.get(name);
    if (item) {
      item.quantity = quantity;
    }
  }

  total() {
    let sum = 0;
    for (const { price, quantity } of this.items.values()) {
      sum += price * quantity;
    }
    return sum;
  }

  count() {
    let count = 0;
    for (const { quantity } of this.items.values()) {
      count += quantity;
    }
    return count;
  }

  clear() {
    this.items.clear();
  }

  isEmpty() {
    return this.items.size === 0;
  }
}"""
TYPESCRIPT = (
    JAVASCRIPT.replace(
        "  constructor() {\n    this.items = new Map();\n  }",
        "  private items = new Map<string, { price: number; quantity: number }>();",
    )
    .replace("name, price, quantity = 1) {", "name: string, price: number, quantity = 1): void {")
    .replace("remove(name) {", "remove(name: string): void {")
    .replace("update(name, quantity) {", "update(name: string, quantity: number): void {")
    .replace("total() {", "total(): number {")
    .replace("count() {", "count(): number {")
    .replace("  clear() {", "  clear(): void {")
    .replace("isEmpty() {", "isEmpty(): boolean {")
)
JAVA = """import java.util.LinkedHashMap;
import java.util.Map;

public class Cart {
    private record Item(double price, int quantity) {
    }

    private final Map<String, Item> items = new LinkedHashMap<>();

    public void add(String name, double price, int quantity) {
        int before = items.containsKey(name) ? items.get(name).quantity() : 0;
        items.put(name, new Item(price, before + quantity));
    }

    public void remove(String name) {
        items.remove(name);
    }

    public void update(String name, int quantity) {
        items.computeIfPresent(name, (key, item) -> new Item(item.price(), quantity));
    }

    public double total() {
        return items.values().stream().mapToDouble(item -> item.price() * item.quantity()).sum();
    }

    public int count() {
        return items.values().stream().mapToInt(Item::quantity).sum();
    }

    public void clear() {
        items.clear();
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }
}"""
CSHARP = """using System.Collections.Generic;
using System.Linq;

public class Cart
{
    private readonly Dictionary<string, (decimal Price, int Quantity)> items = new();

    public void Add(string name, decimal price, int quantity = 1)
    {
        var before = items.TryGetValue(name, out var item) ? item.Quantity : 0;
        items[name] = (price, before + quantity);
    }

    public void Remove(string name)
    {
        items.Remove(name);
    }

    public decimal Total()
    {
        return items.Values.Sum(item => item.Price * item.Quantity);
    }

    public int Count()
    {
        return items.Values.Sum(item => item.Quantity);
    }

    public void Clear()
    {
        items.Clear();
    }
}"""
GO = """package main

type Entry struct {
	Price    float64
	Quantity int
}

type Cart struct {
	items map[string]Entry
}

func NewCart() *Cart {
	return &Cart{items: map[string]Entry{}}
}

func (c *Cart) Add(name string, price float64, quantity int) {
	before := c.items[name].Quantity
	c.items[name] = Entry{Price: price, Quantity: before + quantity}
}

func (c *Cart) Remove(name string) {
	delete(c.items, name)
}

func (c *Cart) Total() float64 {
	total := 0.0
	for _, item := range c.items {
		total += item.Price * float64(item.Quantity)
	}
	return total
}

func (c *Cart) Count() int {
	count := 0
	for _, item := range c.items {
		count += item.Quantity
	}
	return count
}"""
RUST = """use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Entry {
    pub price: f64,
    pub quantity: u32,
}

#[derive(Debug, Default)]
pub struct Cart {
    items: HashMap<String, Entry>,
}

impl Cart {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&mut self, name: &str, price: f64, quantity: u32) {
        let item = self.items.entry(name.to_string()).or_insert(Entry { price, quantity: 0 });
        item.price = price;
        item.quantity += quantity;
    }

    pub fn remove(&mut self, name: &str) -> Option<Entry> {
        self.items.remove(name)
    }

    pub fn total(&self) -> f64 {
        self.items.values().map(|item| item.price * f64::from(item.quantity)).sum()
    }

    pub fn count(&self) -> u32 {
        self.items.values().map(|item| item.quantity).sum()
    }
}"""
CARTS = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "java": JAVA,
    "csharp": CSHARP,
    "go": GO,
    "rust": RUST,
}
"""A class with the usual methods of a cart in each language."""
KINDS = make_regex(r"(?:cart|inventory|basket)$", re.I)
METHOD_GIVEN = make_regex(r"\b[A-Za-z_]\w{1,30}\([a-z_]")
USUAL_FIELDS = frozenset(("items", "total", "price", "quantity"))
KNOWN = ("add", "remove", "update", "total", "count", "clear", "is_empty")
PREFIX = make_regex(r"^(?:get|calculate|compute|calc|find)_(?=\w)")
HEAD = make_regex(
    r"[ \t]*(?:pub fn|public [\w<>]+|func \(c \*Cart\)|def)? ?(\w+)\([^\n]*[{:]?$", re.M
)
"""The first line of a method."""
WITHOUT_END = ("python", "go")
"""Languages whose class has no bracket after the last method."""


def write_cart(request: CodeRequest) -> str:
    """Return a cart or an inventory with the methods that a prompt names; empty for others.

    A prompt with own fields or parameters wants another class.
    """
    source = CARTS.get(request.language, "")
    own = {field for field, _ in request.members} - USUAL_FIELDS
    if not source or not KINDS.search(request.name) or not request.methods:
        return ""
    if own or METHOD_GIVEN.search(request.text):
        return ""
    names = {find_base(name): name for name in request.methods}
    if "" in names or any(not has_method(source, base) for base in names):
        return ""
    text = keep_methods(source, names, request.language)
    return re.sub(r"\bCart\b", request.name, text).replace("NewCart", f"New{request.name}")


def find_base(name: str) -> str:
    """Return the method of a cart that a name stands for: "getTotal" is total."""
    words = PREFIX.sub("", to_snake(name))
    return next((one for one in KNOWN if words == one or words.startswith(f"{one}_")), "")


def has_method(source: str, base: str) -> bool:
    return any(to_snake(name) == base for name in HEAD.findall(source))


def keep_methods(source: str, names: dict[str, str], language: str) -> str:
    """Return a class with some of its methods, which have the names that a prompt gives them."""
    kept: list[str] = []
    blocks = source.split("\n\n")
    for block in blocks:
        head = HEAD.match(block)
        base = to_snake(head[1]) if head else ""
        if base not in KNOWN:
            kept.append(block)
        elif base in names:
            kept.append(
                re.sub(rf"(?<![.\w]){head[1] if head else ''}\(", f"{names[base]}(", block, count=1)
            )
    if blocks[-1] not in kept and language not in WITHOUT_END and not kept[-1].endswith("\n}"):
        kept[-1] += "\n}"
    return "\n\n".join(kept)
