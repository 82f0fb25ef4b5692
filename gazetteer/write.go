package gazetteer

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// WriteFile compiles what was added into the file at path. It is written beside
// it, brought to the disk, read again and verified, and only then moved into its
// place: whatever goes wrong, an old file stays as it was.
func (b *Builder) WriteFile(path string) (info Info, err error) {
	fail := func(err error) (Info, error) {
		return Info{}, fmt.Errorf("write gazetteer %s: %w", path, err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(temp.Name()) // it is gone once all went well
	w := bufio.NewWriterSize(temp, 1<<20)
	info, err = b.compile(w)
	err = errors.Join(err, w.Flush(), temp.Chmod(0o644), temp.Sync(), temp.Close())
	if err == nil {
		err = verifyFile(temp.Name(), &info)
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fail(err)
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return fail(err)
	}
	return info, nil
}

// verifyFile reads the file once more. Not through the mapping, whose pages
// would all count as this process's memory.
func verifyFile(path string, info *Info) (err error) {
	g, err := Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // read-only: nothing to lose
	*info = g.Info()
	return g.read(func(mapped *file) error { return mapped.verifyFrom(f) })
}

// syncDir brings a rename to the disk where the system can do that.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrInvalid) {
		return errors.Join(err, d.Close())
	}
	return d.Close()
}
