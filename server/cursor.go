package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// A cursor says after which feature a page begins. It is base64url of
//
//	1 byte    form, 2
//	4 bytes   day of the position
//	4 bytes   origins
//	4 bytes   mentions
//	8 bytes   hash of the query and its order
//	…         id of the position
//	16 bytes  HMAC-SHA256 of all that, truncated
//
// and thus holds for its query alone, whatever was stored meanwhile.
const (
	cursorForm  = 2
	cursorQuery = 1 + 4 + 4 + 4 // where the hash begins
	cursorHead  = cursorQuery + 8
	cursorMAC   = 16
	cursorBytes = 1 << 10 // at most, decoded
)

// writeCursor signs the position of a query's feature.
func (s *Server) writeCursor(query string, p index.Position) string {
	b := append(make([]byte, 0, cursorHead+len(p.ID)+cursorMAC), cursorForm)
	for _, n := range []uint32{uint32(p.Day), p.Origins, p.Mentions} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	hash := queryHash(query)
	b = append(append(b, hash[:]...), p.ID...)
	return base64.RawURLEncoding.EncodeToString(append(b, s.signCursor(b)...))
}

// readCursor reads what writeCursor has written for the query.
func (s *Server) readCursor(query, cursor string) (index.Position, error) {
	if len(cursor) > base64.RawURLEncoding.EncodedLen(cursorBytes) {
		return index.Position{}, errors.New("is no cursor: it is too long")
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < cursorHead+1+cursorMAC || b[0] != cursorForm {
		return index.Position{}, errors.New("is no cursor, or a part of one; take the whole link with rel=next")
	}
	b, mac := b[:len(b)-cursorMAC], b[len(b)-cursorMAC:]
	if !hmac.Equal(mac, s.signCursor(b)) {
		return index.Position{}, errors.New("is not as this server wrote it, or was written before the server was started anew; begin at the first page")
	}
	if hash := queryHash(query); subtle.ConstantTimeCompare(b[cursorQuery:cursorHead], hash[:]) == 0 {
		return index.Position{}, errors.New("belongs to another query; keep the other parameters as they were")
	}
	return index.Position{
		Day: geo.Day(binary.BigEndian.Uint32(b[1:])), ID: string(b[cursorHead:]),
		Origins: binary.BigEndian.Uint32(b[5:]), Mentions: binary.BigEndian.Uint32(b[9:]),
	}, nil
}

func (s *Server) signCursor(b []byte) []byte {
	h := hmac.New(sha256.New, s.cfg.CursorKey)
	h.Write(b)
	return h.Sum(nil)[:cursorMAC]
}

func queryHash(query string) (hash [8]byte) {
	sum := sha256.Sum256([]byte(query))
	copy(hash[:], sum[:])
	return hash
}
