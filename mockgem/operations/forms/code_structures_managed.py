"""Stacks and queues in C#, Kotlin and Swift."""

from __future__ import annotations

CSHARP = {
    "stack": """public class Stack<T>
{
    private readonly List<T> items = new();

    public int Count => items.Count;

    public void Push(T item)
    {
        items.Add(item);
    }

    public T Pop()
    {
        var last = Peek();
        items.RemoveAt(items.Count - 1);
        return last;
    }

    public T Peek()
    {
        if (IsEmpty())
        {
            throw new InvalidOperationException("The stack is empty.");
        }
        return items[^1];
    }

    public bool IsEmpty()
    {
        return items.Count == 0;
    }
}""",
    "queue": """public class Queue<T>
{
    private readonly LinkedList<T> items = new();

    public int Count => items.Count;

    public void Enqueue(T item)
    {
        items.AddLast(item);
    }

    public T Dequeue()
    {
        var first = Peek();
        items.RemoveFirst();
        return first;
    }

    public T Peek()
    {
        if (IsEmpty())
        {
            throw new InvalidOperationException("The queue is empty.");
        }
        return items.First!.Value;
    }

    public bool IsEmpty()
    {
        return items.Count == 0;
    }
}""",
}
KOTLIN = {
    "stack": """class Stack<T> {
    private val items = mutableListOf<T>()

    fun push(item: T) {
        items.add(item)
    }

    fun pop(): T? = items.removeLastOrNull()

    fun peek(): T? = items.lastOrNull()

    fun isEmpty(): Boolean = items.isEmpty()

    fun size(): Int = items.size
}""",
    "queue": """class Queue<T> {
    private val items = ArrayDeque<T>()

    fun enqueue(item: T) {
        items.addLast(item)
    }

    fun dequeue(): T? = items.removeFirstOrNull()

    fun peek(): T? = items.firstOrNull()

    fun isEmpty(): Boolean = items.isEmpty()

    fun size(): Int = items.size
}""",
}
SWIFT = {
    "stack": """struct Stack<Element> {
    private var items: [Element] = []

    var isEmpty: Bool {
        return items.isEmpty
    }

    mutating func push(_ item: Element) {
        items.append(item)
    }

    mutating func pop() -> Element? {
        return items.popLast()
    }

    func peek() -> Element? {
        return items.last
    }
}""",
    "queue": """struct Queue<Element> {
    private var items: [Element] = []

    var isEmpty: Bool {
        return items.isEmpty
    }

    mutating func enqueue(_ item: Element) {
        items.append(item)
    }

    mutating func dequeue() -> Element? {
        return items.isEmpty ? nil : items.removeFirst()
    }

    func peek() -> Element? {
        return items.first
    }
}""",
}
MANAGED = {"csharp": CSHARP, "kotlin": KOTLIN, "swift": SWIFT}
