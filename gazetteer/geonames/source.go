package geonames

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// source is one table in a file.
type source struct {
	file  string // as the user named it
	entry string // within a zip archive, else empty
}

// name is how messages call the source.
func (s source) name() string {
	if s.entry == "" {
		return s.file
	}
	return s.file + "(" + s.entry + ")"
}

// maxEntries bounds an archive; GeoNames' have two or three.
const maxEntries = 100

// sources lists the tables of a file: itself, or the tables of an archive.
func sources(file string) ([]source, error) {
	isZip, err := isZip(file)
	if err != nil {
		return nil, err
	}
	if !isZip {
		return []source{{file: file}}, nil
	}
	z, err := openZip(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var found []source
	for _, f := range z.File {
		if isTable(f.Name) {
			found = append(found, source{file: file, entry: f.Name})
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: a zip archive without a table (*.txt): %s", file, contents(z))
	}
	return found, nil
}

func openZip(file string) (*zip.ReadCloser, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: the zip archive is cut off or damaged, its directory can't be read: %w", file, err)
	}
	if len(z.File) > maxEntries {
		return nil, errors.Join(fmt.Errorf("%s: an archive of %d files, at most %d", file, len(z.File), maxEntries), z.Close())
	}
	return z, nil
}

// isTable leaves out what GeoNames packs beside the tables.
func isTable(entry string) bool {
	switch base := strings.ToLower(path.Base(entry)); base {
	case "readme.txt", "iso-languagecodes.txt":
		return false
	default:
		return strings.HasSuffix(base, ".txt")
	}
}

func contents(z *zip.ReadCloser) string {
	if len(z.File) == 0 {
		return "it is empty"
	}
	names := make([]string, 0, 3)
	for _, f := range z.File[:min(3, len(z.File))] {
		names = append(names, fmt.Sprintf("%q", clip([]byte(f.Name))))
	}
	return "it holds " + strings.Join(names, ", ")
}

func isZip(file string) (bool, error) {
	switch info, err := os.Stat(file); {
	case err != nil:
		return false, err
	case info.IsDir():
		return false, fmt.Errorf("%s is a folder; name the files in it", file)
	case !info.Mode().IsRegular():
		// A pipe could be read only once, and would be waited for for ever.
		return false, fmt.Errorf("%s is no regular file", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close() // read-only: nothing to lose
	magic := make([]byte, 4)
	if _, err := io.ReadFull(f, magic); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, fmt.Errorf("read %s: %w", file, err)
	}
	// An archive without files begins with its directory.
	return bytes.Equal(magic, []byte("PK\x03\x04")) || bytes.Equal(magic, []byte("PK\x05\x06")), nil
}

// open calls read with the unpacked content of the source, as far as the
// context lasts. Whether an archive was whole is known when it was read to its
// end; the error then says so.
func (s source) open(ctx context.Context, read func(io.Reader) error) (err error) {
	defer func() { err = explain(err) }()
	if s.entry != "" {
		return s.openEntry(ctx, read)
	}
	f, err := os.Open(s.file)
	if err != nil {
		return err
	}
	defer f.Close() // read-only: nothing to lose
	r := bufio.NewReaderSize(stoppable{ctx, f}, 256<<10)
	magic, err := r.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return read(r)
	}
	unpacked, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	return read(unpacked)
}

func (s source) openEntry(ctx context.Context, read func(io.Reader) error) error {
	z, err := openZip(s.file)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, f := range z.File {
		if f.Name != s.entry {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		defer r.Close()
		return read(stoppable{ctx, r})
	}
	return fmt.Errorf("no file %q in it any more", s.entry)
}

// explain says in a user's words that a packed file is damaged.
func explain(err error) error {
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum),
		errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, new(flate.CorruptInputError)):
		return fmt.Errorf("the packed file is cut off or damaged: %w", err)
	}
	return err
}

// detect tells the format of the source.
func (s source) detect(ctx context.Context) (t *table, err error) {
	err = s.open(ctx, func(r io.Reader) error {
		t, err = detect(r)
		return err
	})
	return t, err
}
