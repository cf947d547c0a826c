package result_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/store/result"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const sample = `SELECT
	toUInt64(18446744073709551615) AS big, toInt8(-3) AS small, 0.1 AS fraction, toFloat32(0.25) AS single, 1/0 AS none,
	'a "b", c' AS text, true AS yes, NULL AS missing, toNullable(toUInt8(7)) AS seven,
	toDate('2026-03-01') AS day, toDateTime('2026-03-01 12:00:00', 'UTC') AS at, toDateTime64('2026-03-01 12:00:00.125', 3, 'UTC') AS ms,
	['x', 'y'] AS list, map('k', 1) AS pairs, tuple(1, 'z') AS two, toDecimal64('1.50', 2) AS money,
	toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS id, toLowCardinality('low') AS low, CAST('a', 'Enum8(\'a\' = 1)') AS e`

func TestFormats(t *testing.T) {
	s := storetest.Open(t)
	for format, want := range map[string][]string{
		"CSV": {`18446744073709551615,-3,0.1,0.25,\N,"a ""b"", c",true,\N,7,2026-03-01,2026-03-01 12:00:00,2026-03-01 12:00:00.125,` +
			`"[""x"",""y""]","{""k"":1}","[1,""z""]",1.5,61f0c404-5cb3-11e7-907b-a6006ad3dba0,low,a`},
		"JSONEachRow": {`{"big":18446744073709551615,"small":-3,"fraction":0.1,"single":0.25,"none":null,"text":"a \"b\", c","yes":true,` +
			`"missing":null,"seven":7,"day":"2026-03-01","at":"2026-03-01 12:00:00","ms":"2026-03-01 12:00:00.125","list":["x","y"],` +
			`"pairs":{"k":1},"two":[1,"z"],"money":"1.5","id":"61f0c404-5cb3-11e7-907b-a6006ad3dba0","low":"low","e":"a"}`},
		"Pretty": {"big", "18446744073709551615", "NULL", "1 row\n"},
	} {
		rows, err := s.Rows(context.Background(), sample, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		n, err := result.Write(&b, rows, format)
		if err != nil || n != 1 {
			t.Errorf("%s: %d rows, %v", format, n, err)
		}
		for _, part := range want {
			if !strings.Contains(b.String(), part) {
				t.Errorf("%s: %s\nis not in\n%s", format, part, b.String())
			}
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	s := storetest.Open(t)
	rows, err := s.Rows(context.Background(), "SELECT 1", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := result.Write(&strings.Builder{}, rows, "XML"); err == nil || !strings.Contains(err.Error(), "JSONEachRow") {
		t.Errorf("err = %v, want one that names the formats", err)
	}
}

// A query that fails half-way fails the writing: rows that came before are not taken for all.
func TestErrorAfterRows(t *testing.T) {
	s := storetest.Open(t)
	rows, err := s.Rows(context.Background(), "SELECT throwIf(number = 200000) FROM numbers(300000) SETTINGS max_block_size = 1000", nil)
	if err != nil {
		t.Fatal(err)
	}
	n, err := result.Write(&strings.Builder{}, rows, "CSV")
	if err == nil {
		t.Errorf("%d rows and no error", n)
	}
	if diff := cmp.Diff(true, n < 300000); diff != "" {
		t.Error(diff)
	}
}
