package geonames

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
)

// check reads an archive whole, for its checksums, and looks at the tables.
func check(ctx context.Context, file string) error {
	zipped, err := isZip(file)
	if err != nil {
		return err
	}
	if zipped {
		if err := checkZip(ctx, file); err != nil {
			return err
		}
	}
	found, err := sources(file)
	if err != nil {
		return err
	}
	for _, s := range found {
		if _, err := s.detect(ctx); err != nil {
			return fmt.Errorf("it is no dump: %w", err)
		}
	}
	return nil
}

func checkZip(ctx context.Context, file string) error {
	z, err := openZip(file)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, f := range z.File {
		if err := checkEntry(ctx, f); err != nil {
			return fmt.Errorf("%q: %w", clip([]byte(f.Name)), explain(err))
		}
	}
	return nil
}

func checkEntry(ctx context.Context, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(stoppable{ctx, r}, maxTable))
	if err == nil && n == maxTable {
		err = fmt.Errorf("more than %d bytes", int64(maxTable))
	}
	return err
}
