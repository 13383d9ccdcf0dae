// A text in which words are chosen with mouse, finger or keyboard. What is sent are code points of the stored
// text; what is shown goes in as text, never as markup.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".gt-picker");
  const starts = new Map();

  const points = (text) => Array.from(text).length;

  const paragraph = ([first, pieces]) => {
    const shown = document.createElement("p");
    shown.dir = "auto";
    let at = first;
    for (const [words, kinds] of pieces) {
      const node = document.createTextNode(words);
      starts.set(node, at);
      at += points(words);
      if (kinds) {
        const mark = document.createElement("mark");
        mark.className = kinds;
        mark.append(node);
        shown.append(mark);
      } else {
        shown.append(node);
      }
    }
    return shown;
  };

  const text = document.createElement("article");
  text.className = "gt-text";
  text.lang = data.language;
  text.append(...data.paragraphs.map(paragraph));

  const bar = document.createElement("div");
  bar.className = "gt-picker-bar";
  bar.hidden = true;
  const said = document.createElement("q");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = data.label;
  bar.append(said, button);
  root.replaceChildren(text, bar);
  text.querySelector("mark.chosen")?.scrollIntoView({ block: "center" });

  let chosen = null;

  const span = (range) => {
    let start = null;
    let end = null;
    for (const [node, first] of starts) {
      if (!range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      if (from >= to) continue;
      start ??= first + points(node.data.slice(0, from));
      end = first + points(node.data.slice(0, to));
    }
    return start === null ? null : { start, end };
  };

  const look = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return;
    chosen = span(range);
    bar.hidden = chosen === null || !selection.toString().trim();
    said.textContent = selection.toString().slice(0, 120);
  };

  const send = () => chosen && setTriggerValue("picked", chosen);
  // The press itself would end the selection.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", send);
  document.addEventListener("selectionchange", look);
  return () => document.removeEventListener("selectionchange", look);
}
