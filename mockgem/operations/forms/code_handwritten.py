"""Well-known functions as people write them in languages without a short call for the task."""

from __future__ import annotations

C_SWAP_SORT = """void bubble_sort(int *items, int length) {
    for (int i = 0; i < length - 1; i++) {
        for (int j = 0; j < length - 1 - i; j++) {
            if (items[j] > items[j + 1]) {
                int larger = items[j];
                items[j] = items[j + 1];
                items[j + 1] = larger;
            }
        }
    }
}"""
C_QUICK_SORT = """void quick_sort(int *items, int low, int high) {
    if (low >= high) {
        return;
    }
    int pivot = items[high];
    int place = low;
    for (int i = low; i < high; i++) {
        if (items[i] < pivot) {
            int smaller = items[i];
            items[i] = items[place];
            items[place] = smaller;
            place++;
        }
    }
    items[high] = items[place];
    items[place] = pivot;
    quick_sort(items, low, place - 1);
    quick_sort(items, place + 1, high);
}"""
C_REVERSE = """#include <string.h>

void reverse_string(char *text) {
    int length = (int)strlen(text);
    for (int i = 0; i < length / 2; i++) {
        char last = text[length - 1 - i];
        text[length - 1 - i] = text[i];
        text[i] = last;
    }
}"""
GO_REVERSE = """package main

func reverseString(text string) string {
	letters := []rune(text)
	for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
		letters[i], letters[j] = letters[j], letters[i]
	}
	return string(letters)
}"""
CPP_SORT = """#include <algorithm>
#include <vector>

std::vector<int> sortItems(std::vector<int> items) {
    std::sort(items.begin(), items.end());
    return items;
}"""
RUST_SORT = """pub fn sort_items(items: &[i64]) -> Vec<i64> {
    let mut values = items.to_vec();
    values.sort();
    values
}"""
PHP_SORT = """<?php

function sortItems(array $items): array
{
    sort($items);

    return $items;
}"""
HANDWRITTEN: dict[tuple[str, str], tuple[str, str]] = {
    ("c", "list[int] quick"): ("quick_sort", C_QUICK_SORT),
    ("c", "list[int] sort"): ("bubble_sort", C_SWAP_SORT),
    ("c", "str reverse"): ("reverse_string", C_REVERSE),
    ("go", "str reverse"): ("reverseString", GO_REVERSE),
    ("cpp", "list[int] sort"): ("sortItems", CPP_SORT),
    ("rust", "list[int] sort"): ("sort_items", RUST_SORT),
    ("php", "list[int] sort"): ("sortItems", PHP_SORT),
}
"""The name and the text of a function, by its language, what it returns and what it does."""
