/**
 * xterm.js writes rules into style elements of its own making, which our Content-Security-Policy refuses. While `make`
 * runs, those that are made get their text through the CSSOM instead, which is allowed.
 */
export function withOwnStyles(make: () => void): void {
  const plain = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = plain(name, options);
    if (element instanceof HTMLStyleElement) divert(element);
    return element;
  }) as typeof document.createElement;
  try {
    make();
  } finally {
    delete (document as Partial<Document>).createElement; // the prototype's is there again
  }
}

function divert(element: HTMLStyleElement) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  Object.defineProperty(element, "textContent", { set: (text: string) => sheet.replaceSync(text) });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((known) => known !== sheet);
    HTMLElement.prototype.remove.call(element);
  };
}
