"""Sentences of letters by their purpose: an application, a complaint, an invitation."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

PURPOSES = (
    (
        r"\bcover letter|\bapplication (?:letter|for)|\bapply(?:ing)? for|\bmotivation letter",
        (
            "In my last position I worked in a small team, learned quickly and took"
            " responsibility.",
            "What I enjoy most is work that makes a visible difference to the people who use it.",
            "Your company interests me because of its good name and its careful way of working.",
            "I would be happy to tell you more in an interview.",
        ),
    ),
    (
        r"\bcomplain\w*[^\n]{0,120}\b(?:heating|boiler|leak\w*|mould|mold|damp|radiator|lift|elevator"
        r"|apartment|flat|landlord|neighbou?rs?|noise)\b|\blandlord\b[^\n]{0,120}\bcomplain\w*",
        (
            "The problem has lasted for several days now, and it makes daily life difficult.",
            "Please have it put right within the next seven days, and tell me when somebody will"
            " come.",
            "I can be at home at any time that suits you.",
            "If nothing happens by then, I will have to think about a reduction of the rent.",
        ),
    ),
    (
        r"\bcomplain\w*",
        (
            "I expected better quality and a quicker answer.",
            "Please let me know how and by when you will solve this.",
            "If that is not possible, I would like to have my money back.",
            "I have kept the receipt and can send you photos.",
        ),
    ),
    (
        r"\bapolog\w*|\bsorry\b",
        (
            "This should not have happened, and we have already looked into the cause.",
            "We are doing what we can to put it right.",
            "As a small sign of our regret we would like to offer you a discount.",
            "Thank you for your patience.",
        ),
    ),
    (
        r"\bthank(?:s|ing|[- ]you)?\b",
        (
            "Your help made a real difference to me.",
            "I know how much time you gave, and I will not forget it.",
            "I hope that I can return the favour one day.",
        ),
    ),
    (
        r"\b(?:cold|sales|outreach|pitch\w*)\b",
        (
            "It is set up within a day and saves time from the first week.",
            "Companies like yours already work with it.",
            "Would you have fifteen minutes for a short call next week?",
        ),
    ),
    (
        r"\bresign\w*",
        (
            "I am grateful for everything that I have learned here.",
            "I will finish my open tasks and hand over my work carefully.",
            "I wish you and the team all the best.",
        ),
    ),
    (
        r"\binvit\w+",
        (
            "There will be something to eat and to drink, and time to talk.",
            "Please tell me by the end of the week whether you can come.",
            "You are welcome to bring someone with you.",
        ),
    ),
    (
        r"\b(?:fix|repair|broken|leak\w*|heating|landlord)\b",
        (
            "The problem has lasted for some days and is getting worse.",
            "Could you please send someone to have a look at it this week?",
            "I am at home in the evening and can let them in.",
        ),
    ),
    (
        r"\b(?:recommend\w*|reference letter)\b",
        (
            "I have always known a reliable, friendly and curious person.",
            "Colleagues value the calm and careful way of working.",
            "I am happy to answer any questions.",
        ),
    ),
    (
        r"\b(?:refund|return|warranty|replacement)\b",
        (
            "I have attached the receipt and a photo.",
            "Please send the amount to the account that I paid with.",
            "A short confirmation by e-mail is enough for me.",
        ),
    ),
    (
        r"\b(?:sick|ill|day off|days off|vacation|leave|holiday)\b",
        (
            "My open tasks are noted, so that nothing waits for me.",
            "For urgent questions you can reach me by phone.",
            "Thank you for your understanding.",
        ),
    ),
)
COMPILED = [(make_regex(pattern, re.I), sentences) for pattern, sentences in PURPOSES]


def find_purpose_sentences(text: str) -> tuple[str, ...]:
    """Return what letters with the purpose of a prompt say; nothing for other purposes."""
    return next((said for pattern, said in COMPILED if pattern.search(text)), ())
