package layer

// KeptBytes is what the encoder keeps of places.
func (e *Encoder) KeptBytes() int64 {
	var n int64
	for i := range e.kept {
		n += e.kept[i].drawn.size.Load() + e.kept[i].listed.size.Load()
	}
	return n
}

var PlainBytes = plainBytes
