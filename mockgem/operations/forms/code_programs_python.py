"""Longer Python programs that prompts ask for by name: games, searches, models, bots, windows."""

from __future__ import annotations

SNAKE = """import random

import pygame

CELL, COLUMNS, ROWS = 20, 30, 20


def {play}():
    pygame.init()
    screen = pygame.display.set_mode((COLUMNS * CELL, ROWS * CELL))
    clock = pygame.time.Clock()
    snake, step = [(5, 5)], (1, 0)
    food = (random.randrange(COLUMNS), random.randrange(ROWS))
    keys = {
        pygame.K_UP: (0, -1),
        pygame.K_DOWN: (0, 1),
        pygame.K_LEFT: (-1, 0),
        pygame.K_RIGHT: (1, 0),
    }
    while True:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                return
            if event.type == pygame.KEYDOWN:
                step = keys.get(event.key, step)
        head = ((snake[0][0] + step[0]) % COLUMNS, (snake[0][1] + step[1]) % ROWS)
        if head in snake:
            return
        snake.insert(0, head)
        if head == food:
            food = (random.randrange(COLUMNS), random.randrange(ROWS))
        else:
            snake.pop()
        screen.fill("black")
        for x, y in [*snake, food]:
            pygame.draw.rect(screen, "green", (x * CELL, y * CELL, CELL, CELL))
        pygame.display.flip()
        clock.tick(10)


{play}()"""
TIC_TAC_TOE = """ROWS = [(0, 1, 2), (3, 4, 5), (6, 7, 8)]
LINES = [*ROWS, *zip(*ROWS), (0, 4, 8), (2, 4, 6)]


def find_winner(board):
    for a, b, c in LINES:
        if board[a] != " " and board[a] == board[b] == board[c]:
            return board[a]
    return None


def {play}():
    board, player = [" "] * 9, "X"
    while " " in board and find_winner(board) is None:
        for row in (0, 3, 6):
            print(" | ".join(board[row : row + 3]))
        cell = int(input(f"{player}, choose a cell from 1 to 9: ")) - 1
        if board[cell] == " ":
            board[cell] = player
            player = "O" if player == "X" else "X"
    print("Winner:", find_winner(board) or "nobody")


{play}()"""
ROCK = """import random

BEATS = {"rock": "scissors", "paper": "rock", "scissors": "paper"}


def {play}():
    own = input("rock, paper or scissors? ").lower()
    other = random.choice(list(BEATS))
    print("The computer chose", other)
    if own == other:
        print("A draw")
    elif BEATS.get(own) == other:
        print("You win!")
    else:
        print("You lose!")


{play}()"""
CALCULATOR = """def {calculate}(first, sign, second):
    if sign == "+":
        return first + second
    if sign == "-":
        return first - second
    if sign == "*":
        return first * second
    if sign == "/":
        return first / second if second != 0 else "Cannot divide by zero"
    return "Unknown operator"


first = float(input("First number: "))
sign = input("Operator (+, -, *, /): ")
second = float(input("Second number: "))
print({calculate}(first, sign, second))"""
BFS = """from collections import deque


def {bfs}(graph, start):
    seen, queue = {start}, deque([start])
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for neighbor in graph[node]:
            if neighbor not in seen:
                seen.add(neighbor)
                queue.append(neighbor)
    return order"""
DFS = """def {dfs}(graph, node, seen=None):
    seen = seen if seen is not None else set()
    seen.add(node)
    for neighbor in graph[node]:
        if neighbor not in seen:
            {dfs}(graph, neighbor, seen)
    return seen"""
DIJKSTRA = """import heapq


def {dijkstra}(graph, start):
    distances = {start: 0}
    queue = [(0, start)]
    while queue:
        distance, node = heapq.heappop(queue)
        if distance > distances[node]:
            continue
        for neighbor, weight in graph[node].items():
            total = distance + weight
            if total < distances.get(neighbor, float("inf")):
                distances[neighbor] = total
                heapq.heappush(queue, (total, neighbor))
    return distances"""
REGRESSION = """import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

x = np.arange(100).reshape(-1, 1)
y = 3 * x.ravel() + np.random.normal(0, 5, 100)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=0)

model = LinearRegression()
model.fit(x_train, y_train)
print("R^2:", model.score(x_test, y_test))"""
NETWORK = """import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs)
        )

    def forward(self, x):
        return self.layers(x)


model = Network(784, 128, 10)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_function = nn.CrossEntropyLoss()"""
CLASSIFIER = """from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

x, y = load_iris(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=0)

model = RandomForestClassifier(random_state=0)
model.fit(x_train, y_train)
print("Accuracy:", accuracy_score(y_test, model.predict(x_test)))"""
TKINTER = """import tkinter as tk


def {main}():
    window = tk.Tk()
    window.title("Example")
    entry = tk.Entry(window)
    entry.pack(padx=10, pady=5)
    label = tk.Label(window, text="")
    label.pack(pady=5)
    button = tk.Button(window, text="Show", command=lambda: label.config(text=entry.get()))
    button.pack(pady=5)
    window.mainloop()


{main}()"""
DISCORD = """import os

import discord
from discord.ext import commands

intents = discord.Intents.default()
intents.message_content = True
bot = commands.Bot(command_prefix="!", intents=intents)


@bot.command()
async def hello(context):
    await context.send(f"Hello, {context.author.name}!")


bot.run(os.environ["DISCORD_TOKEN"])"""
TELEGRAM = """import os

from telegram import Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text("Hello!")


app = ApplicationBuilder().token(os.environ["TELEGRAM_TOKEN"]).build()
app.add_handler(CommandHandler("start", start))
app.run_polling()"""
