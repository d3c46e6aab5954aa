"""What subscribers are sent: documents that stand ready, in the form each reader asks for."""
