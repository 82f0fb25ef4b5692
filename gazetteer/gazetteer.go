// Package gazetteer knows which places exist, what they are called and where
// they are.
//
// A Gazetteer holds Places with all their Names in memory and finds them by
// name. Names are compared folded: case, diacritics, hyphens and apostrophes
// don't count, so "Şuşa", "SUSA" and "susa" are one. Builtin is what the
// binary carries: the theatre "South Caucasus 2020" and the world's countries
// with their capitals and demonyms.
//
// Look-up says which places bear a name; which of them a text means is the
// geoparser's business.
package gazetteer
