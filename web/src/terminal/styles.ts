/**
 * xterm.js writes rules into style elements of its own making, which our Content-Security-Policy refuses. While `make`
 * runs, it gets other elements for them, whose text goes through the CSSOM, which is allowed.
 */
export function withOwnStyles(make: () => void): void {
  const plain = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) =>
    name === "style" ? styles(plain("template")) : plain(name, options)) as typeof document.createElement;
  try {
    make();
  } finally {
    delete (document as Partial<Document>).createElement; // the prototype's is there again
  }
}

function styles(element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  Object.defineProperty(element, "textContent", { set: (text: string) => sheet.replaceSync(text) });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((known) => known !== sheet);
    HTMLElement.prototype.remove.call(element);
  };
  return element;
}
