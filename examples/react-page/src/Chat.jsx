import { useRef, useState } from "react";
import { drawPicture, explain, streamAnswer } from "./model.js";

export function Chat() {
  const [messages, setMessages] = useState([]);
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState("");
  const stop = useRef(null);

  async function ask(event) {
    event.preventDefault();
    const field = event.target.elements.question;
    const question = { role: "user", content: field.value };
    field.value = "";
    setProblem("");
    if (question.content.startsWith("/draw ")) return draw(question);
    const history = [...messages, question];
    setMessages(history);
    setAnswer("");
    stop.current = new AbortController();
    let text = "";
    try {
      for await (const piece of streamAnswer(history.filter((one) => one.content), stop.current.signal)) {
        text += piece;
        setAnswer(text);
      }
    } catch (error) {
      if (!stop.current.signal.aborted) setProblem(explain(error));
    }
    setAnswer(null);
    if (text) setMessages([...history, { role: "assistant", content: text }]);
  }

  async function draw(question) {
    setMessages([...messages, question]);
    try {
      const picture = await drawPicture(question.content.slice("/draw ".length));
      setMessages((before) => [...before, { role: "assistant", picture }]);
    } catch (error) {
      setProblem(explain(error));
    }
  }

  return (
    <main>
      <h1>Chat</h1>
      <ol aria-label="Messages">
        {messages.map((message, at) => (
          <li key={at} data-role={message.role}>
            {message.picture ? <img src={message.picture} alt="Drawing" /> : message.content}
          </li>
        ))}
        {answer !== null && <li data-role="assistant">{answer || <span role="status">Thinking …</span>}</li>}
      </ol>
      {problem && <p role="alert">{problem}</p>}
      <form onSubmit={ask}>
        <input name="question" aria-label="Question" required />
        <button disabled={answer !== null}>Send</button>
        {answer !== null && (
          <button type="button" onClick={() => stop.current.abort()}>
            Stop
          </button>
        )}
      </form>
    </main>
  );
}
