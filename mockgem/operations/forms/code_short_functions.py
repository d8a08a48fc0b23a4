"""Short functions as people write them in languages in which the emitter has no way for them."""

from __future__ import annotations

JAVA_ANAGRAM = """public static boolean isAnagram(String first, String second) {
    char[] one = first.toLowerCase().toCharArray();
    char[] other = second.toLowerCase().toCharArray();
    Arrays.sort(one);
    Arrays.sort(other);
    return Arrays.equals(one, other);
}"""
GO_ANAGRAM = """package main

import (
	"slices"
	"strings"
)

func isAnagram(first string, second string) bool {
	one := []rune(strings.ToLower(first))
	other := []rune(strings.ToLower(second))
	slices.Sort(one)
	slices.Sort(other)
	return slices.Equal(one, other)
}"""
RUST_ANAGRAM = """pub fn is_anagram(first: &str, second: &str) -> bool {
    let sort = |text: &str| {
        let mut letters: Vec<char> = text.to_lowercase().chars().collect();
        letters.sort();
        letters
    };
    sort(first) == sort(second)
}"""
CPP_ANAGRAM = """#include <algorithm>
#include <string>

bool isAnagram(std::string first, std::string second) {
    std::sort(first.begin(), first.end());
    std::sort(second.begin(), second.end());
    return first == second;
}"""
PHP_ANAGRAM = """<?php

function isAnagram(string $first, string $second): bool
{
    return count_chars(strtolower($first), 1) === count_chars(strtolower($second), 1);
}"""
C_ANAGRAM = """#include <stdbool.h>

bool is_anagram(const char *first, const char *second) {
    int counts[256] = {0};
    for (int i = 0; first[i] != '\\0'; i++) {
        counts[(unsigned char)first[i]]++;
    }
    for (int i = 0; second[i] != '\\0'; i++) {
        counts[(unsigned char)second[i]]--;
    }
    for (int i = 0; i < 256; i++) {
        if (counts[i] != 0) {
            return false;
        }
    }
    return true;
}"""
C_PALINDROME = """#include <stdbool.h>
#include <string.h>

bool is_palindrome(const char *text) {
    int length = (int)strlen(text);
    for (int i = 0; i < length / 2; i++) {
        if (text[i] != text[length - 1 - i]) {
            return false;
        }
    }
    return true;
}"""
CPP_PALINDROME = """#include <string>

bool isPalindrome(const std::string& text) {
    return text == std::string(text.rbegin(), text.rend());
}"""
C_VOWELS = """#include <ctype.h>
#include <string.h>

int count_vowels(const char *text) {
    int count = 0;
    for (int i = 0; text[i] != '\\0'; i++) {
        if (strchr("aeiou", tolower((unsigned char)text[i])) != NULL) {
            count++;
        }
    }
    return count;
}"""
CPP_VOWELS = """#include <string>

int countVowels(const std::string& text) {
    int count = 0;
    for (char letter : text) {
        if (std::string("aeiouAEIOU").find(letter) != std::string::npos) {
            count++;
        }
    }
    return count;
}"""
C_WORDS = """#include <ctype.h>
#include <stdbool.h>

int count_words(const char *text) {
    int count = 0;
    bool inside = false;
    for (int i = 0; text[i] != '\\0'; i++) {
        bool is_space = isspace((unsigned char)text[i]);
        if (!is_space && !inside) {
            count++;
        }
        inside = !is_space;
    }
    return count;
}"""
CPP_WORDS = """#include <sstream>
#include <string>

int countWords(const std::string& text) {
    std::istringstream words(text);
    std::string word;
    int count = 0;
    while (words >> word) {
        count++;
    }
    return count;
}"""
CPP_LONGEST = """#include <sstream>
#include <string>

std::string longestWord(const std::string& sentence) {
    std::istringstream words(sentence);
    std::string word;
    std::string longest;
    while (words >> word) {
        if (word.size() > longest.size()) {
            longest = word;
        }
    }
    return longest;
}"""
GO_DUPLICATES = """package main

func removeDuplicates(items []string) []string {
	seen := map[string]bool{}
	result := []string{}
	for _, item := range items {
		if !seen[item] {
			seen[item] = true
			result = append(result, item)
		}
	}
	return result
}"""
RUST_DUPLICATES = """pub fn remove_duplicates(items: &[String]) -> Vec<String> {
    let mut result: Vec<String> = Vec::new();
    for item in items {
        if !result.contains(item) {
            result.push(item.clone());
        }
    }
    result
}"""
CPP_DUPLICATES = """#include <algorithm>
#include <vector>

std::vector<int> removeDuplicates(const std::vector<int>& items) {
    std::vector<int> result;
    for (int item : items) {
        if (std::find(result.begin(), result.end(), item) == result.end()) {
            result.push_back(item);
        }
    }
    return result;
}"""
SWIFT_DUPLICATES = """func removeDuplicates(items: [String]) -> [String] {
    var seen = Set<String>()
    return items.filter { seen.insert($0).inserted }
}"""
C_DUPLICATES = """int remove_duplicates(int *items, int length) {
    int kept = 0;
    for (int i = 0; i < length; i++) {
        int is_new = 1;
        for (int j = 0; j < kept; j++) {
            if (items[j] == items[i]) {
                is_new = 0;
            }
        }
        if (is_new) {
            items[kept++] = items[i];
        }
    }
    return kept;
}"""
RUST_SECOND = """pub fn second_largest(numbers: &[i64]) -> i64 {
    let mut values = numbers.to_vec();
    values.sort();
    values[values.len() - 2]
}"""
CPP_SECOND = """#include <algorithm>
#include <vector>

int secondLargest(std::vector<int> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() - 2];
}"""
C_SECOND = """#include <limits.h>

int second_largest(const int *numbers, int length) {
    int first = INT_MIN;
    int second = INT_MIN;
    for (int i = 0; i < length; i++) {
        if (numbers[i] > first) {
            second = first;
            first = numbers[i];
        } else if (numbers[i] > second) {
            second = numbers[i];
        }
    }
    return second;
}"""
PHP_SECOND = """<?php

function secondLargest(array $numbers): int
{
    sort($numbers);

    return $numbers[count($numbers) - 2];
}"""
SHORT_FUNCTIONS: dict[tuple[str, str], tuple[str, str]] = {
    ("java", "anagram"): ("isAnagram", JAVA_ANAGRAM),
    ("go", "anagram"): ("isAnagram", GO_ANAGRAM),
    ("rust", "anagram"): ("is_anagram", RUST_ANAGRAM),
    ("cpp", "anagram"): ("isAnagram", CPP_ANAGRAM),
    ("php", "anagram"): ("isAnagram", PHP_ANAGRAM),
    ("c", "anagram"): ("is_anagram", C_ANAGRAM),
    ("c", "palindrome"): ("is_palindrome", C_PALINDROME),
    ("cpp", "palindrome"): ("isPalindrome", CPP_PALINDROME),
    ("c", "vowels"): ("count_vowels", C_VOWELS),
    ("cpp", "vowels"): ("countVowels", CPP_VOWELS),
    ("c", "words"): ("count_words", C_WORDS),
    ("cpp", "words"): ("countWords", CPP_WORDS),
    ("cpp", "longest word"): ("longestWord", CPP_LONGEST),
    ("go", "duplicates"): ("removeDuplicates", GO_DUPLICATES),
    ("rust", "duplicates"): ("remove_duplicates", RUST_DUPLICATES),
    ("cpp", "duplicates"): ("removeDuplicates", CPP_DUPLICATES),
    ("swift", "duplicates"): ("removeDuplicates", SWIFT_DUPLICATES),
    ("c", "duplicates"): ("remove_duplicates", C_DUPLICATES),
    ("rust", "second largest"): ("second_largest", RUST_SECOND),
    ("cpp", "second largest"): ("secondLargest", CPP_SECOND),
    ("c", "second largest"): ("second_largest", C_SECOND),
    ("php", "second largest"): ("secondLargest", PHP_SECOND),
}
"""The name and the text of a function, by its language and what it does."""
