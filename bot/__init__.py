"""The conversation and its two front ends: the terminal and Telegram."""
