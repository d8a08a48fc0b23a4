"""Data structures in Java and C++."""

from __future__ import annotations

JAVA = {
    "linked list": """class Node {
    int value;
    Node next;

    Node(int value) {
        this.value = value;
    }
}

public class LinkedList {
    private Node head;

    public void append(int value) {
        Node node = new Node(value);
        if (head == null) {
            head = node;
            return;
        }
        Node last = head;
        while (last.next != null) {
            last = last.next;
        }
        last.next = node;
    }

    public Node find(int value) {
        Node node = head;
        while (node != null && node.value != value) {
            node = node.next;
        }
        return node;
    }

    public void reverse() {
        Node before = null;
        while (head != null) {
            Node after = head.next;
            head.next = before;
            before = head;
            head = after;
        }
        head = before;
    }
}""",
    "stack": """import java.util.ArrayList;
import java.util.List;

public class Stack {
    private final List<Integer> items = new ArrayList<>();

    public void push(int item) {
        items.add(item);
    }

    public int pop() {
        return items.remove(items.size() - 1);
    }

    public int peek() {
        return items.get(items.size() - 1);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public int size() {
        return items.size();
    }
}""",
}


CPP = {
    "linked list": """struct Node {
    int value;
    Node* next = nullptr;
};

class LinkedList {
public:
    void append(int value) {
        Node* node = new Node{value};
        if (head == nullptr) {
            head = node;
            return;
        }
        Node* last = head;
        while (last->next != nullptr) {
            last = last->next;
        }
        last->next = node;
    }

    void reverse() {
        Node* before = nullptr;
        while (head != nullptr) {
            Node* after = head->next;
            head->next = before;
            before = head;
            head = after;
        }
        head = before;
    }

private:
    Node* head = nullptr;
};""",
    "stack": """#include <vector>

class Stack {
public:
    void push(int item) { items.push_back(item); }

    int pop() {
        int last = items.back();
        items.pop_back();
        return last;
    }

    int peek() const { return items.back(); }

    bool isEmpty() const { return items.empty(); }

    int size() const { return static_cast<int>(items.size()); }

private:
    std::vector<int> items;
};""",
}
