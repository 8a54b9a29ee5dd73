import Testing
import Winnow

/// HTML that holds what it may: items in lists, terms and their definitions in `<dl>`, and nothing else right in either.
@Suite struct HTMLTests {
  private static let containerCases: [(String, String)] = [
    (
      "<ol start=5><li>five<li>six<li value=10>ten<li>eleven</ol><ol reversed><li>two<li>one</ol>",
      """
      <ol><li value="5">five
      </li>
      <li>six
      </li>
      <li value="10">ten
      </li>
      <li>eleven
      </li>
      </ol>
      <ol><li value="2">two
      </li>
      <li value="1">one
      </li>
      </ol>
      """
    ),
    (
      "<dl><dt>Knot<dd>A bend<dd><p>A hitch</p><ul><li>Half</ul></dl><div><dt>Alone<dd>Too</div>",
      """
      <dl><dt>Knot
      </dt>
      <dd>A bend
      </dd>
      <dd><p>A hitch</p>
      <ul><li>Half
      </li>
      </ul>
      </dd>
      </dl>
      <p>Alone</p>
      <p>Too</p>
      """
    ),
    (
      "<dl><li>One</dl><dl>Two<dt>Three</dl><div><li>Four</div>",
      """
      <p>One</p>
      <p>Two</p>
      <dl><dt>Three
      </dt>
      </dl>
      <p>Four</p>
      """
    ),
    (
      "<ul><div><li>One</div><li>Two<div><li>Three</div></ul>",
      """
      <ul><li>One
      </li>
      <li>Two
      </li>
      <li>Three
      </li>
      </ul>
      """
    ),
    (
      "<ul>First<li>One</li><ul><li>Under it</ul>Text<blockquote>Said</blockquote><li>Two</ul>",
      """
      <p>First</p>
      <ul><li>One
      <ul><li>Under it
      </li>
      </ul>
      <p>Text</p>
      <blockquote><p>Said</p>
      </blockquote>
      </li>
      <li>Two
      </li>
      </ul>
      """
    ),
    (
      "<ul><ul><li>One</ul></ul>",
      """
      <ul><li>One
      </li>
      </ul>
      """
    ),
  ]
  @Test(arguments: containerCases) func listsAndQuotes(html: String, body: String) throws {
    let page = try MarkdownTests.render(html, .html)
    #expect(page.contains("<article>\n\(body)\n</article>"), "\(page)")
  }
}
