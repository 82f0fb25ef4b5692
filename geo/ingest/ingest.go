// Package ingest reads articles from text files, directories, standard input
// and JSON Lines, settles when each was published, and takes them through a
// parser into a store.
//
// A text file is one article. It may open with a block of header lines (Title,
// Source, URL, Date), ended by an empty line; the block is no part of the
// article's text. A byte order mark is dropped. Everything else stays as it
// is, line ends included, because mentions count code points into the text. The
// text of a JSON Lines document, and of a file that one names, is kept to the
// letter.
//
// What can't be used is refused, never mended: a text over MaxText, one that is
// empty or not UTF-8, one with a NUL byte or with the control characters of a
// binary file, and one that gives no day of publication. Every refusal is an
// error of its own that names the file (and the line); the other articles go
// on.
//
// A JSON Lines document may name any text_file that the user can read, also
// outside the folder of the JSON Lines file: read such files from people whom
// you would let run a command, and never from the network.
package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// MaxText is the size of the largest text that is read, in bytes.
const MaxText = 16 << 20

// Options say what the caller knows about the articles beyond what the files
// tell. The zero Options rely on the files alone.
type Options struct {
	// Published, Source and URL override what a file says.
	Published geo.Day
	Source    string
	URL       string
	// JSONL reads files and standard input as JSON Lines, whatever they are
	// called. In a directory the names still decide.
	JSONL bool
	// Undated takes documents of JSON Lines that tell no day of publication, or
	// have no text: their Published stays zero. It is for parsing alone; what is
	// stored needs its day.
	Undated bool
	// Stdin is what the path "-" reads.
	Stdin io.Reader
}

// Document is an article and the place that it was read from.
type Document struct {
	// Where is the file's name, with a line number in JSON Lines: "a.jsonl:12".
	Where   string
	Article geo.Article
}

// Read yields the articles of the files, directories and standard input ("-")
// in the order given. A directory is read with all that lies beneath it, *.txt
// and *.jsonl in the order of their names; hidden files and folders are left
// out, and links to folders aren't followed. An article that is refused yields
// an error, which names its place, with a Document that has only Where; reading
// goes on after it.
func Read(opts Options, paths ...string) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		for _, path := range paths {
			if !opts.read(path, yield) {
				return
			}
		}
	}
}

// ReadFS yields the articles of the text files (*.txt) at the root of fsys, in
// the order of their names; refusals as in Read.
func ReadFS(opts Options, fsys fs.FS) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		names, err := fs.Glob(fsys, "*.txt")
		if err != nil {
			yield(Document{}, fmt.Errorf("list the texts: %w", err))
			return
		}
		for _, name := range names {
			if !opts.readFS(fsys, name, yield) {
				return
			}
		}
	}
}

func (o Options) readFS(fsys fs.FS, name string, yield yieldFunc) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return refuse(yield, name, reason(err))
	}
	defer f.Close()
	return o.readStream(name, "", f, false, yield)
}

// yieldFunc takes one article or one refusal and returns false to stop.
type yieldFunc = func(Document, error) bool

func refuse(yield yieldFunc, where string, err error) bool {
	return yield(Document{Where: where}, fmt.Errorf("%s: %w", where, err))
}

func (o Options) read(path string, yield yieldFunc) bool {
	if path == "-" {
		if o.Stdin == nil {
			return refuse(yield, "standard input", errors.New("there is none"))
		}
		return o.readStream("standard input", ".", o.Stdin, o.JSONL, yield)
	}
	info, err := os.Stat(path)
	if err != nil {
		return refuse(yield, path, reason(err))
	}
	if info.IsDir() {
		return o.readDir(path, yield)
	}
	return o.readFile(path, o.JSONL || isJSONL(path), yield)
}

func (o Options) readFile(path string, jsonl bool, yield yieldFunc) bool {
	f, err := os.Open(path)
	if err != nil {
		return refuse(yield, path, reason(err))
	}
	defer f.Close()
	return o.readStream(path, filepath.Dir(path), f, jsonl, yield)
}

func (o Options) readStream(name, dir string, r io.Reader, jsonl bool, yield yieldFunc) bool {
	if jsonl {
		return o.readJSONL(name, dir, r, yield)
	}
	a, err := o.readText(r)
	if err != nil {
		return refuse(yield, name, err)
	}
	return yield(Document{Where: name, Article: a}, nil)
}

func (o Options) readDir(root string, yield yieldFunc) bool {
	goOn, found := true, false
	walk := func(path string, entry fs.DirEntry, err error) error {
		hidden := path != root && strings.HasPrefix(filepath.Base(path), ".")
		switch {
		case err != nil:
			goOn = refuse(yield, path, reason(err))
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden, entry.IsDir(), !isText(path) && !isJSONL(path):
			return nil
		default:
			found = true
			goOn = o.readEntry(path, yield)
		}
		if !goOn {
			return fs.SkipAll
		}
		return nil
	}
	if err := filepath.WalkDir(root, walk); err != nil {
		return refuse(yield, root, reason(err))
	}
	if goOn && !found {
		return refuse(yield, root, errors.New("the folder holds no .txt or .jsonl file"))
	}
	return goOn
}

// readEntry reads a file that a directory holds. Pipes and devices there are
// left alone, since reading one may block for ever.
func (o Options) readEntry(path string, yield yieldFunc) bool {
	info, err := os.Stat(path)
	if err != nil {
		return refuse(yield, path, reason(err))
	}
	if !info.Mode().IsRegular() {
		return true
	}
	return o.readFile(path, isJSONL(path), yield)
}

func isText(path string) bool { return strings.EqualFold(filepath.Ext(path), ".txt") }

func isJSONL(path string) bool { return strings.EqualFold(filepath.Ext(path), ".jsonl") }

// reason drops the path that the os package puts before an error: refusals
// name it already.
func reason(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
