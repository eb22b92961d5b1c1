import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";

vi.stubGlobal("navigator", { userAgent: "" });
const { Markdown } = await import("./Markdown");
const render = (source: string) => renderToStaticMarkup(<Markdown source={source} />);

test("Markdown becomes elements", () => {
  const html = render("# Title\n\nSome **bold** `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. one\n\n2. two");
  expect(html).toContain("<h1>Title</h1>");
  expect(html).toContain("<strong>bold</strong>");
  expect(html).toContain("<td>1</td>");
  expect(html.match(/<ol>/g)).toHaveLength(1);
});

test("what stands in lines, lists and quotes becomes elements too", () => {
  const html = render("a *b* ~~c~~ &amp; d\\*  \ne <https://x.example/?a=1&b=2>\n\n> quoted\n\n- [x] one\n  - two\n\n3. three");
  expect(html).toContain("<em>b</em> <del>c</del> &amp; d*<br/>e <a href=\"https://x.example/?a=1&amp;b=2\"");
  expect(html).toContain("<blockquote><p>quoted</p></blockquote>");
  expect(html).toMatch(/<ul><li><input[^>]*checked=""[^>]*\/> ?one ?<ul><li>two<\/li><\/ul><\/li><\/ul>/);
  expect(html).toContain('<ol start="3"><li>three</li></ol>');
  expect(render("```js\nlet a;\n```")).toContain("<pre");
});

test.each([">".repeat(60_000), "*a".repeat(30_000), "_a_".repeat(20_000), "[".repeat(11_000)])(
  "text that is made to be hard to read is shown all the same: %#",
  (source) => {
    const begun = performance.now();
    expect(render(source).length).toBeGreaterThan(source.length);
    expect(performance.now() - begun).toBeLessThan(3_000);
  },
);

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)">x</a></svg>',
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "![x](https://tracker.example/pixel.png)",
  "![x](javascript:alert(1))",
  "<javascript:alert(1)>",
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  "[x]: javascript:alert(1)\n\n[x]",
  '```html\n<script>alert(1)</script>\n```',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '<style>*{display:none}</style><form action="https://evil.example"><input name=q></form>',
])("hostile text stays text: %s", (source) => {
  const html = render(source);
  const tags = [...html.matchAll(/<([a-z0-9]+)/g)].map((match) => match[1]);
  expect(tags.filter((tag) => !["div", "p", "a", "code", "pre", "button", "svg", "path", "rect"].includes(tag!))).toEqual([]);
  expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
  expect(html).not.toMatch(/(href|src|action)="\s*(javascript|data):/i);
  expect(html).not.toContain("<img");
});

test("text that is turned around shows it", () => {
  expect(render("safe&#x202e;gnp.exe")).toContain("safe‹U+202E›gnp.exe");
  expect(render("safe\u202egnp.exe")).toContain("safe‹U+202E›gnp.exe");
});
