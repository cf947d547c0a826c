package api

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// markdown turns the Markdown that our own documents are written in into HTML: headings, paragraphs, lists, tables, code,
// emphasis and links. Whatever else there is stays text, and no HTML passes.
func markdown(text string) string {
	w := &marked{}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); {
		i += w.block(lines[i:])
	}
	return w.String()
}

// marked is the HTML so far.
type marked struct {
	strings.Builder
	tables int
}

var (
	heading = regexp.MustCompile(`\A(#{1,4}) +(.+?) *#*\z`)
	item    = regexp.MustCompile(`\A *(?:[-*]|\d+\.) +(.*)\z`)
	rule    = regexp.MustCompile(`\A\|?[ :|-]*-[ :|-]*\|?\z`)
)

// block writes the block that lines begin with, and returns how many of them it took.
func (w *marked) block(lines []string) int {
	first := lines[0]
	switch {
	case strings.TrimSpace(first) == "" || strings.HasPrefix(first, "<!--"):
		return 1
	case strings.HasPrefix(first, "```"):
		return w.code(lines)
	case heading.MatchString(first):
		parts := heading.FindStringSubmatch(first)
		fmt.Fprintf(w, "<h%d>%s</h%d>\n", len(parts[1]), inline(parts[2]), len(parts[1]))
		return 1
	case strings.HasPrefix(first, "|") && len(lines) > 1 && rule.MatchString(lines[1]):
		return w.table(lines)
	case item.MatchString(first):
		return w.list(lines)
	}
	return w.paragraph(lines)
}

func (w *marked) code(lines []string) int {
	w.WriteString(`<pre tabindex="0">`)
	for i, line := range lines[1:] {
		if strings.HasPrefix(line, "```") {
			w.WriteString("</pre>\n")
			return i + 2
		}
		w.WriteString(html.EscapeString(line) + "\n")
	}
	w.WriteString("</pre>\n")
	return len(lines)
}

// paragraph goes on to the next line that is empty or begins something else.
func (w *marked) paragraph(lines []string) int {
	n := 1
	for n < len(lines) && continues(lines[n]) {
		n++
	}
	fmt.Fprintf(w, "<p>%s</p>\n", inline(strings.Join(lines[:n], "\n")))
	return n
}

func continues(line string) bool {
	return strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "|") && !strings.HasPrefix(line, "```") &&
		!heading.MatchString(line) && !item.MatchString(line)
}

// list is flat: an item goes on in the lines below it that begin nothing else.
func (w *marked) list(lines []string) int {
	tag := "ul"
	if first := strings.TrimSpace(lines[0]); first[0] >= '0' && first[0] <= '9' {
		tag = "ol"
	}
	fmt.Fprintf(w, "<%s>\n", tag)
	n := 0
	for n < len(lines) && item.MatchString(lines[n]) {
		text := item.FindStringSubmatch(lines[n])[1]
		for n++; n < len(lines) && continues(lines[n]); n++ {
			text += "\n" + strings.TrimSpace(lines[n])
		}
		fmt.Fprintf(w, "<li>%s</li>\n", inline(text))
	}
	fmt.Fprintf(w, "</%s>\n", tag)
	return n
}

// table has a head, a rule that says which columns are numbers by a colon at its end, and rows.
func (w *marked) table(lines []string) int {
	right := map[int]bool{}
	for i, cell := range columnsOf(lines[1]) {
		right[i] = strings.HasSuffix(cell, ":")
	}
	row := func(tag, line string) {
		w.WriteString("<tr>")
		for i, cell := range columnsOf(line) {
			class := ""
			if right[i] {
				class = ` class="number"`
			}
			tag := tag
			if cell == "" {
				tag = "td" // a head must not be empty
			}
			fmt.Fprintf(w, "<%s%s>%s</%s>", tag, class, inline(cell), strings.Fields(tag)[0])
		}
		w.WriteString("</tr>\n")
	}
	w.tables++
	fmt.Fprintf(w, "<div class=\"scroll\" role=\"region\" aria-label=\"Table %d\" tabindex=\"0\">\n<table>\n<thead>", w.tables)
	row(`th scope="col"`, lines[0])
	w.WriteString("</thead>\n<tbody>\n")
	n := 2
	for ; n < len(lines) && strings.HasPrefix(lines[n], "|"); n++ {
		row("td", lines[n])
	}
	w.WriteString("</tbody>\n</table>\n</div>\n")
	return n
}

const bar = "\x00" // stands for a bar that is no border

func columnsOf(line string) []string {
	line = strings.ReplaceAll(strings.TrimSpace(line), `\|`, bar)
	cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
	return all(cells, func(cell string) string { return strings.ReplaceAll(strings.TrimSpace(cell), bar, "|") })
}

var (
	codeSpan = regexp.MustCompile("`([^`]+)`")
	strong   = regexp.MustCompile(`\*\*(.+?)\*\*`)
	em       = regexp.MustCompile(`(^|[\s(])\*([^*\s][^*]*)\*`)
	anchor   = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`)
	safe     = regexp.MustCompile(`\A(https?://|#|/|\.{0,2}/|[A-Za-z0-9_][A-Za-z0-9_./#-]*\z)`)
)

// inline writes the inside of a block. What stands in backquotes is left alone.
func inline(text string) string {
	var b strings.Builder
	for i, part := range codeSpan.Split(text, -1) {
		if i > 0 {
			b.WriteString("<code>" + html.EscapeString(codeSpan.FindAllStringSubmatch(text, -1)[i-1][1]) + "</code>")
		}
		part = html.EscapeString(part)
		part = anchor.ReplaceAllStringFunc(part, link)
		part = strong.ReplaceAllString(part, "<strong>$1</strong>")
		b.WriteString(em.ReplaceAllString(part, "$1<em>$2</em>"))
	}
	return b.String()
}

// link writes a link where it leads to a page, and its words alone where it would do anything else.
func link(text string) string {
	parts := anchor.FindStringSubmatch(text)
	if !safe.MatchString(parts[2]) {
		return parts[1]
	}
	return fmt.Sprintf(`<a href="%s">%s</a>`, strings.TrimSuffix(parts[2], ".md"), parts[1])
}
