"""Lists to whose items a user adds and from which she deletes, in React and Vue."""

from __future__ import annotations

TODO_LIST = """import {{ useState }} from 'react';

export function {name}() {{
  const [text, setText] = useState('');
  const [todos, setTodos] = useState([
    {{ id: 1, text: 'Write tests', done: false }},
    {{ id: 2, text: 'Read the docs', done: true }},
  ]);

  const addTodo = (event) => {{
    event.preventDefault();
    if (text.trim() !== '') {{
      setTodos([...todos, {{ id: Date.now(), text: text.trim(), done: false }}]);
      setText('');
    }}
  }};

  const deleteTodo = (id) => {{
    setTodos(todos.filter((todo) => todo.id !== id));
  }};

  const toggle = (id) => {{
    setTodos(todos.map((todo) => (todo.id === id ? {{ ...todo, done: !todo.done }} : todo)));
  }};

  return (
    <form onSubmit={{addTodo}}>
      <input value={{text}} onChange={{(event) => setText(event.target.value)}} />
      <button type="submit">Add</button>
      <ul>
        {{todos.map((todo) => (
          <li key={{todo.id}}>
            <label>
              <input type="checkbox" checked={{todo.done}} onChange={{() => toggle(todo.id)}} />
              {{todo.text}}
            </label>
            <button type="button" onClick={{() => deleteTodo(todo.id)}}>Delete</button>
          </li>
        ))}}
      </ul>
    </form>
  );
}}"""
VUE_TODO = """<script setup>
import { ref } from 'vue';

defineOptions({ name: 'TodoList' });

const tasks = ref([{ id: 1, text: 'First task', done: false }]);
const text = ref('');

function addTask() {
  tasks.value.push({ id: Date.now(), text: text.value, done: false });
  text.value = '';
}
</script>

<template>
  <ul>
    <li v-for="task in tasks" :key="task.id">
      <input v-model="task.done" type="checkbox" /> {{ task.text }}
    </li>
  </ul>
  <input v-model="text" />
  <button @click="addTask">+</button>
</template>"""
