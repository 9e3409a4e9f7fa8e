"""What other systems call: the interfaces as their own descriptions promise them."""
