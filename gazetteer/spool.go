package gazetteer

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// spool keeps bytes until they can be copied to where they belong, on disk
// once they are many.
type spool struct {
	dir  func() (string, error)
	buf  []byte
	file *os.File
	err  error // the first; vellum's builder passes over some errors of its writer
}

// maxSpool is how many bytes stay in memory.
const maxSpool = 4 << 20

func (s *spool) Write(b []byte) (int, error) {
	if s.err == nil && len(s.buf)+len(b) > maxSpool {
		s.err = s.flush()
	}
	if s.err != nil {
		return 0, s.err
	}
	s.buf = append(s.buf, b...)
	return len(b), nil
}

func (s *spool) flush() error {
	if s.file == nil {
		dir, err := s.dir()
		if err != nil {
			return err
		}
		if s.file, err = os.CreateTemp(dir, "spool-"); err != nil {
			return fmt.Errorf("spool: %w", err)
		}
	}
	_, err := s.file.Write(s.buf)
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}

// copyTo writes all bytes to w and removes the file.
func (s *spool) copyTo(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("spool: %w", err)
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return fmt.Errorf("copy spool: %w", err)
		}
	}
	_, err := w.Write(s.buf)
	return errors.Join(err, s.close())
}

func (s *spool) close() error {
	s.buf = nil
	if s.file == nil {
		return nil
	}
	err := errors.Join(s.file.Close(), os.Remove(s.file.Name()))
	s.file = nil
	return err
}
