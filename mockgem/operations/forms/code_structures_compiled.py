"""Stacks, queues and lists in Go, Rust, C, PHP and Ruby."""

from __future__ import annotations

GO = {
    "stack": """package main

import "errors"

type Stack struct {
	items []int
}

func (s *Stack) Push(item int) {
	s.items = append(s.items, item)
}

func (s *Stack) Pop() (int, error) {
	if len(s.items) == 0 {
		return 0, errors.New("the stack is empty")
	}
	last := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return last, nil
}

func (s *Stack) Peek() (int, error) {
	if len(s.items) == 0 {
		return 0, errors.New("the stack is empty")
	}
	return s.items[len(s.items)-1], nil
}

func (s *Stack) IsEmpty() bool {
	return len(s.items) == 0
}

func (s *Stack) Size() int {
	return len(s.items)
}""",
    "queue": """package main

import "errors"

type Queue struct {
	items []int
}

func (q *Queue) Enqueue(item int) {
	q.items = append(q.items, item)
}

func (q *Queue) Dequeue() (int, error) {
	if len(q.items) == 0 {
		return 0, errors.New("the queue is empty")
	}
	first := q.items[0]
	q.items = q.items[1:]
	return first, nil
}

func (q *Queue) IsEmpty() bool {
	return len(q.items) == 0
}

func (q *Queue) Size() int {
	return len(q.items)
}""",
}
RUST = {
    "stack": """#[derive(Debug, Default)]
pub struct Stack<T> {
    items: Vec<T>,
}

impl<T> Stack<T> {
    pub fn new() -> Self {
        Self { items: Vec::new() }
    }

    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    pub fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }

    pub fn peek(&self) -> Option<&T> {
        self.items.last()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }
}""",
    "queue": """use std::collections::VecDeque;

#[derive(Debug, Default)]
pub struct Queue<T> {
    items: VecDeque<T>,
}

impl<T> Queue<T> {
    pub fn new() -> Self {
        Self { items: VecDeque::new() }
    }

    pub fn enqueue(&mut self, item: T) {
        self.items.push_back(item);
    }

    pub fn dequeue(&mut self) -> Option<T> {
        self.items.pop_front()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }
}""",
}
C = {
    "stack": """#include <stdbool.h>

#define MAX_ITEMS 100

typedef struct {
    int items[MAX_ITEMS];
    int size;
} Stack;

bool push(Stack *stack, int item) {
    if (stack->size == MAX_ITEMS) {
        return false;
    }
    stack->items[stack->size++] = item;
    return true;
}

bool pop(Stack *stack, int *item) {
    if (stack->size == 0) {
        return false;
    }
    *item = stack->items[--stack->size];
    return true;
}

int peek(const Stack *stack) {
    return stack->items[stack->size - 1];
}

bool is_empty(const Stack *stack) {
    return stack->size == 0;
}""",
    "linked list": """#include <stdlib.h>

typedef struct Node {
    int value;
    struct Node *next;
} Node;

Node *create_node(int value) {
    Node *node = malloc(sizeof(Node));
    if (node != NULL) {
        node->value = value;
        node->next = NULL;
    }
    return node;
}

void append(Node **head, int value) {
    Node **place = head;
    while (*place != NULL) {
        place = &(*place)->next;
    }
    *place = create_node(value);
}

Node *reverse(Node *head) {
    Node *before = NULL;
    while (head != NULL) {
        Node *after = head->next;
        head->next = before;
        before = head;
        head = after;
    }
    return before;
}""",
}
RUBY = {
    "stack": """class Stack
  def initialize
    @items = []
  end

  def push(item)
    @items.push(item)
  end

  def pop
    @items.pop
  end

  def peek
    @items.last
  end

  def empty?
    @items.empty?
  end

  def size
    @items.size
  end
end""",
    "queue": """class Queue
  def initialize
    @items = []
  end

  def enqueue(item)
    @items.push(item)
  end

  def dequeue
    @items.shift
  end

  def peek
    @items.first
  end

  def empty?
    @items.empty?
  end

  def size
    @items.size
  end
end""",
}
PHP = {
    "stack": """<?php

final class Stack
{
    private array $items = [];

    public function push(mixed $item): void
    {
        $this->items[] = $item;
    }

    public function pop(): mixed
    {
        return array_pop($this->items);
    }

    public function peek(): mixed
    {
        return end($this->items);
    }

    public function isEmpty(): bool
    {
        return $this->items === [];
    }
}""",
}
COMPILED = {
    "go": GO,
    "rust": RUST,
    "c": C,
    "ruby": RUBY,
    "php": PHP,
}
