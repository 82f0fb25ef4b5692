package index

import (
	"context"
	"sync"
	"time"
)

// Follower holds the newest View of a source.
type Follower struct {
	vers func(context.Context) (string, error)
	next func(context.Context, *View) (*View, error)

	mu      sync.Mutex
	view    *View
	changed chan struct{}
}

// NewFollower loads the first view. version says cheaply which state the data
// is in, load reads it.
func NewFollower(ctx context.Context, version func(context.Context) (string, error), load func(context.Context) (*View, error)) (*Follower, error) {
	v, err := load(ctx)
	if err != nil {
		return nil, err
	}
	return newFollower(v, version, func(ctx context.Context, _ *View) (*View, error) { return load(ctx) }), nil
}

// NewSourceFollower loads everything that the source has; later it reads only
// what is new.
func NewSourceFollower(ctx context.Context, src Source, with ...Option) (*Follower, error) {
	v, err := Load(ctx, src, with...)
	if err != nil {
		return nil, err
	}
	return newFollower(v, src.Version, func(ctx context.Context, v *View) (*View, error) { return v.Update(ctx) }), nil
}

func newFollower(v *View, version func(context.Context) (string, error), next func(context.Context, *View) (*View, error)) *Follower {
	return &Follower{vers: version, next: next, view: v, changed: make(chan struct{})}
}

// View is the newest view.
func (f *Follower) View() *View {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.view
}

// Changed returns the newest view and a channel that is closed when there is a newer one.
func (f *Follower) Changed() (*View, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.view, f.changed
}

// Run looks for changes at the interval until ctx ends; report gets what fails.
func (f *Follower) Run(ctx context.Context, every time.Duration, report func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := f.refresh(ctx); err != nil && ctx.Err() == nil {
				report(err)
			}
		}
	}
}

func (f *Follower) refresh(ctx context.Context) error {
	old := f.View()
	version, err := f.vers(ctx)
	if err != nil || version == old.Version() {
		return err
	}
	v, err := f.next(ctx, old)
	if err != nil || v == old {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.view = v
	close(f.changed)
	f.changed = make(chan struct{})
	return nil
}
