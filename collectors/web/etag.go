package web

import (
	"container/list"
	"maps"
	"net/http"
	"sync"
)

// The memory for answers: all of them, and the longest that is worth keeping.
const (
	cacheBytes = 16 << 20
	keepBytes  = 512 << 10
)

// cache keeps answers that have an ETag, those asked for last. A source that has nothing new then says 304, which costs
// nothing of GitHub's budget.
type cache struct {
	most int

	mu    sync.Mutex
	size  int
	order *list.List // of *kept, the newest in front
	by    map[cacheKey]*list.Element
}

// cacheKey holds the token, because the same ETag means nothing with another one.
type cacheKey struct{ url, accept, secret string }

type kept struct {
	key    cacheKey
	etag   string
	header http.Header
	body   []byte
}

func newCache(most int) *cache {
	return &cache{most: most, order: list.New(), by: map[cacheKey]*list.Element{}}
}

// ask makes a call conditional if there is an answer to it, and returns that answer.
func (c *cache) ask(req *http.Request, secret string) *kept {
	if req.Method != http.MethodGet || req.Header.Get("If-None-Match") != "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.by[cacheKey{req.URL.String(), req.Header.Get("Accept"), secret}]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	k := e.Value.(*kept)
	req.Header.Set("If-None-Match", k.etag)
	return k
}

// keep remembers an answer and forgets the oldest ones for it.
func (c *cache) keep(req *http.Request, secret string, resp *http.Response, body []byte) {
	etag := resp.Header.Get("Etag")
	if req.Method != http.MethodGet || resp.StatusCode != http.StatusOK || etag == "" || len(body) > keepBytes {
		return
	}
	k := &kept{cacheKey{req.URL.String(), req.Header.Get("Accept"), secret}, etag, resp.Header.Clone(), body}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.by[k.key]; ok {
		c.drop(old)
	}
	c.by[k.key] = c.order.PushFront(k)
	for c.size += len(body); c.size > c.most; {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	k := c.order.Remove(e).(*kept)
	delete(c.by, k.key)
	c.size -= len(k.body)
}

// answer is what was kept, with what the source says now of limits and the like.
func (k *kept) answer(now *http.Response) answer {
	header := k.header.Clone()
	maps.Copy(header, now.Header)
	header.Del("Content-Length")
	resp := *now
	resp.StatusCode, resp.Status, resp.Header = http.StatusOK, "200 OK", header
	return answer{&resp, k.body}
}
