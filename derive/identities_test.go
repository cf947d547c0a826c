package derive_test

import (
	"context"
	"testing"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// joined and parted are rows of the journal, hours after the start.
func joined(a record.Account, person string, hours float64) record.Identity {
	return record.Identity{Account: a, Person: person, Origin: "people", At: hour(hours)}
}

func parted(a record.Account, person string, hours float64) record.Identity {
	return record.Identity{Account: a, Person: person, Parted: true, Origin: "people", At: hour(hours)}
}

// What the journal says last of an account decides, in rows that are years old too (trap 12), and back again.
func TestJournalDecidesInOldRows(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	home, work := git("ada@home.example"), git("ada@work.example")
	h.land("home", 0, "a").Author.Email = home.Login
	h.land("work", 1, "b").Author.Email = "Ada@Work.example"
	h.member("p1", "core", home)
	h.member("p2", "edge", work)
	save(t, s, h.repo, h.batch())
	run(t, s)
	before := fates(t, s)
	if before["home"].Author == before["work"].Author {
		t.Fatal("two persons are one before anybody said so")
	}
	// Saved out of order: the time in the journal decides, and of one moment the joining.
	tell(t, s, record.Batch{Identities: []record.Identity{joined(work, "p1", 20)}})
	tell(t, s, record.Batch{Identities: []record.Identity{parted(work, "p2", 20), joined(work, "p2", 10)}})
	if sum := run(t, s); sum.Repositories != 1 {
		t.Errorf("%d repositories derived again after a merge", sum.Repositories)
	}
	if merged := fates(t, s); merged["work"].Author != before["home"].Author || merged["work"].People[0] != before["home"].Author {
		t.Errorf("merged: by %d, want %d", merged["work"].Author, before["home"].Author)
	} else if merged["work"].Team == "" {
		t.Error("a membership went when its account did")
	}
	tell(t, s, record.Batch{Identities: []record.Identity{parted(work, "p1", 30)}})
	run(t, s)
	if alone := fates(t, s); alone["work"].Author == before["home"].Author || alone["work"].Author == before["work"].Author || alone["work"].Author == 0 {
		t.Errorf("parted: by %d, of persons %d and %d", alone["work"].Author, before["home"].Author, before["work"].Author)
	}
	tell(t, s, record.Batch{Identities: []record.Identity{joined(work, "p2", 40)}})
	run(t, s)
	if after := fates(t, s); after["work"].Author != before["work"].Author || after["home"].Author != before["home"].Author {
		t.Errorf("after all: %d and %d, at first %d and %d", after["home"].Author, after["work"].Author, before["home"].Author, before["work"].Author)
	}
}

// A person in two teams at once has two memberships; one that was ended where it began never was.
func TestTwoTeamsAtOnce(t *testing.T) {
	got := befell(t, func(h *history) {
		ada := git("ada@home.example")
		h.land("both", 24, "a").Author.Email = ada.Login
		h.member("p1", "core", ada)
		h.member("p1", "edge", ada)
		h.told.Members = append(h.told.Members, record.Member{Account: ada, Person: "p1", Team: "void", From: hour(1), To: hour(1)})
	})
	if team := got["both"].Team; team != "core" && team != "edge" {
		t.Errorf("team %q", team)
	}
}

// With another key every pseudonym is another; whoever lacks the key cannot tell an address from its hash.
func TestPseudonymsAreKeyed(t *testing.T) {
	ctx := context.Background()
	authors := func(key string) fate {
		s := storetest.Open(t)
		if err := s.Exec(ctx, key, nil); err != nil {
			t.Fatal(err)
		}
		h := &history{repo: "o/r"}
		h.land("a", 0, "a").Author.Email = "ada@home.example"
		save(t, s, h.repo, h.batch())
		run(t, s)
		return fates(t, s)["a"]
	}
	one, two := authors("SELECT 1"), authors("INSERT INTO pseudonym_key SELECT 3, 4, 5")
	if one.Author == 0 || one.Author == two.Author || one.People[0] != one.Author || two.People[0] != two.Author {
		t.Errorf("authors %d and %d under two keys", one.Author, two.Author)
	}
}

// Nothing is hashed without a key.
func TestNoKeyNoPseudonyms(t *testing.T) {
	s := storetest.Open(t)
	if err := s.Exec(context.Background(), "TRUNCATE TABLE pseudonym_key", nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Exec(context.Background(), "SELECT key FROM pseudonym", nil); err == nil {
		t.Error("a database without a key hashes")
	}
}
