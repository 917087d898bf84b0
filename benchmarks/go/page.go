package main

// A page as the SDK marshals and unmarshals it.
type meteringPage struct {
	Timestamp    int64            `json:"timestamp"`
	Category     string           `json:"category"`
	SelfID       string           `json:"self_id"`
	SharedPoolID string           `json:"shared_pool_id"`
	Part         int              `json:"part"`
	Data         []map[string]any `json:"data"`
}
