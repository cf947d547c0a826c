package api

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"# A *b*\n":                         "<h1>A <em>b</em></h1>\n",
		"one\ntwo\n\nthree":                 "<p>one\ntwo</p>\n<p>three</p>\n",
		"- a\n- b\n  c\n":                   "<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>\n",
		"1. a\n2. b\n":                      "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n",
		"```sh\nx <y>\n```\n":               "<pre tabindex=\"0\">x &lt;y&gt;\n</pre>\n",
		"```\nnever closed":                 "<pre tabindex=\"0\">never closed\n</pre>\n",
		"`**a**` **b** 2 * 3 * 4":           "<p><code>**a**</code> <strong>b</strong> 2 * 3 * 4</p>\n",
		"[a](javascript:alert(1))":          "<p>a)</p>\n",
		"[a](https://x.example/?a=1&b=2)":   "<p><a href=\"https://x.example/?a=1&amp;b=2\">a</a></p>\n",
		"[a](#part) [b](other.md)":          "<p><a href=\"#part\">a</a> <a href=\"other\">b</a></p>\n",
		"<!-- Code generated -->\ntext <b>": "<p>text &lt;b&gt;</p>\n",
		"":                                  "",
	} {
		if got := markdown(text); got != want {
			t.Errorf("%q became\n%q, want\n%q", text, got, want)
		}
	}
	table := markdown("| a | b |\n| :-- | --: |\n| 1 \\| 2 | 3 |\nafter")
	for _, want := range []string{`<th scope="col">a</th><th scope="col" class="number">b</th>`, `<td>1 | 2</td><td class="number">3</td>`, "<p>after</p>"} {
		if !strings.Contains(table, want) {
			t.Errorf("no %s in\n%s", want, table)
		}
	}
}

// Whatever comes in, no tag comes out that is not ours, and it ends.
func TestMarkdownLetsNoTagPass(t *testing.T) {
	piece := rapid.SampledFrom([]string{"<script>", "`", "**", "*", "|", "|--|", "\n", "# ", "- ", "1. ", "```", "[a](", "javascript:x", ")", "\" onload=", "a", " ", "\x00"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), "")
		got := markdown(text)
		if strings.Contains(got, "<script") || strings.Contains(got, `href="javascript`) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
