package static

// BundleOf is Bundle for any file system that holds a folder dist.
var BundleOf = bundle
